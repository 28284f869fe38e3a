using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Http.Records;

/// <summary>The columns of a feed: those that its definition names, or else all in the order in which they turn up.</summary>
internal sealed class RecordColumns
{
    private const int Most = 2_000;

    private readonly List<string> names;
    private readonly Dictionary<string, int> byName;
    private readonly bool areGiven;
    private readonly bool[] seen;

    public RecordColumns(IReadOnlyList<string> given)
    {
        names = [.. given];
        byName = names.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        areGiven = names.Count > 0;
        seen = new bool[names.Count];
    }

    public IReadOnlyList<string> Names => names;

    /// <summary>Given columns that no record had a member for.</summary>
    public IEnumerable<string> Unseen => names.Where((_, at) => areGiven && !seen[at]);

    /// <summary>Whether the definition names this column.</summary>
    public bool IsGiven(string name) => areGiven && byName.ContainsKey(name);

    /// <summary>A null stands for an object as well as for a value: nobody can tell which members it would have.</summary>
    public void SeenBelow(string path)
    {
        for (var at = 0; at < seen.Length; at++)
        {
            seen[at] |= names[at].StartsWith(path, StringComparison.Ordinal) && names[at].AsSpan(path.Length).StartsWith(".", StringComparison.Ordinal);
        }
    }

    /// <summary>The place of a column; negative when it is not wanted.</summary>
    /// <exception cref="ProblemException">There are too many (AFF277).</exception>
    public int Find(string name)
    {
        if (byName.TryGetValue(name, out var place))
        {
            if (areGiven)
            {
                seen[place] = true;
            }

            return place;
        }

        if (areGiven)
        {
            return -1;
        }

        if (names.Count == Most)
        {
            throw new ProblemException(Problem.Of(FeedErrors.TooLarge, $"The records have more than {Most} members.", "Name the columns in need under columns."));
        }

        names.Add(name);
        byName.Add(name, names.Count - 1);
        return names.Count - 1;
    }

    /// <exception cref="ProblemException">Two columns differ in case only (AFF208).</exception>
    public void RequireNamesOfTheirOwn()
    {
        var same = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            throw new ProblemException(Problem.Of(
                SourceErrors.DuplicateColumns, $"The records have the members {string.Join(", ", same.Select(name => $"'{name}'"))}.", "Name the columns in need under columns."));
        }
    }
}
