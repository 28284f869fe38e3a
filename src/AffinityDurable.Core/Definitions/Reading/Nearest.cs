namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidates close to a text, closest first; at most <paramref name="count"/>.</summary>
    public static IReadOnlyList<string> To(string text, IEnumerable<string> candidates, int count = 3) =>
    [
        .. candidates
            .Distinct(StringComparer.Ordinal)
            .Select(candidate => (Candidate: candidate, Distance: Distance(Fold(text), Fold(candidate))))
            .Where(near => near.Distance <= Math.Max(1, Fold(text).Length / 3))
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Candidate, StringComparer.Ordinal)
            .Take(count)
            .Select(near => near.Candidate),
    ];

    /// <summary>" Did you mean 'x'?", or nothing.</summary>
    public static string DidYouMean(string text, IEnumerable<string> candidates) =>
        To(text, candidates, 1) is [var nearest] ? $" Did you mean '{nearest}'?" : "";

    /// <summary>Case, blanks, hyphens and underscores are what people get wrong first.</summary>
    private static string Fold(string text) =>
        string.Concat(text.Where(letter => letter is not (' ' or '-' or '_'))).ToUpperInvariant();

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one text to the other.</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 10 || from.Length > 200)
        {
            return int.MaxValue;
        }

        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Step(rows, from, to, i, j);
            }
        }

        return rows[from.Length, to.Length];
    }

    private static int Step(int[,] rows, string from, string to, int i, int j)
    {
        var replaced = rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
        var best = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return swapped ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }
}
