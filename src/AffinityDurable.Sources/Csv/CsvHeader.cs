using System.Text;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Csv;

/// <summary>The names of the columns.</summary>
internal static class CsvHeader
{
    /// <summary>Trimmed names; a column without one is called <c>column3</c> after its place.</summary>
    /// <param name="record">A record that the framer found sound.</param>
    /// <param name="delimiter">Between fields.</param>
    /// <param name="file">For messages.</param>
    /// <exception cref="ProblemException">Names that occur twice (AFF208).</exception>
    public static IReadOnlyList<string> Parse(ReadOnlySpan<byte> record, byte delimiter, string file)
    {
        List<string> names = [];
        for (var rest = record; ;)
        {
            var length = FieldLength(rest, delimiter);
            var name = Unquote(Encoding.UTF8.GetString(rest[..length])).Trim();
            names.Add(name.Length > 0 ? name : $"column{names.Count + 1}");
            if (length == rest.Length)
            {
                break;
            }

            rest = rest[(length + 1)..];
        }

        ThrowOnDuplicates(names, file);
        return names;
    }

    private static int FieldLength(ReadOnlySpan<byte> rest, byte delimiter)
    {
        var quoted = false;
        for (var at = 0; at < rest.Length; at++)
        {
            quoted ^= rest[at] == (byte)'"';
            if (!quoted && rest[at] == delimiter)
            {
                return at;
            }
        }

        return rest.Length;
    }

    private static string Unquote(string field) =>
        field.StartsWith('"') ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;

    private static void ThrowOnDuplicates(List<string> names, string file)
    {
        var duplicates = names.Index()
            .GroupBy(column => column.Item, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => Problem.Of(
                SourceErrors.DuplicateColumns,
                $"'{file}' has the column '{group.Key}' {group.Count()} times: columns {string.Join(", ", group.Select(column => column.Index + 1))}."))
            .ToList();
        if (duplicates.Count > 0)
        {
            throw new ProblemException(duplicates);
        }
    }
}
