using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Tells of the values read of a row whether a filter holds.</summary>
internal delegate bool Condition(ReadOnlySpan<FieldValue> values);

/// <summary>A search whose fields are known, ready to run over the rows of a list, all companies or all persons.</summary>
internal sealed class Search(References references, bool redacts)
{
    public required Field[] Fields { get; init; }

    public Condition? Filter { get; init; }

    public string? Term { get; init; }

    /// <summary>Where the fields stand that the term is looked for in, beside the identity of the row.</summary>
    public required int[] TermPlaces { get; init; }

    public required (int Place, bool IsDescending)[] Sorts { get; init; }

    /// <summary>The rows that match, in their order. Rows come in id order, and those of merged-away companies never match.</summary>
    public SearchRow[] Run(IEnumerable<SearchRow> rows)
    {
        var values = new FieldValue[Fields.Length];
        var found = new List<(SearchRow Row, SortKey[] Keys)>();
        foreach (var row in rows.Where(row => row.Entity.MergedInto is null))
        {
            Read(row, values);
            if (Matches(row, values))
            {
                found.Add((row, Keys(values)));
            }
        }

        if (Sorts.Length > 0)
        {
            found.Sort(Compare);
        }

        return [.. found.Select(each => each.Row)];
    }

    private void Read(SearchRow row, FieldValue[] values)
    {
        row.Read(Fields, values);
        for (var place = 0; place < values.Length; place++)
        {
            var field = Fields[place];
            if (redacts && row.Hides(field))
            {
                values[place] = default;
            }
            else if (field.ValueType == FieldValueType.Interaction)
            {
                values[place] = Activity.DateOf(values[place]);
            }
        }
    }

    private bool Matches(SearchRow row, FieldValue[] values) => (Filter?.Invoke(values) ?? true) && (Term is null || Contains(row, values));

    private bool Contains(SearchRow row, FieldValue[] values)
    {
        var texts = new ValueText(references);
        return (row.Entry is not { IsRestricted: true } && ValueText.Identity(row.Entity).Any(HasTerm))
            || Array.Exists(TermPlaces, place => texts.Of(Fields[place], values[place]).Any(HasTerm));
    }

    private bool HasTerm(string? text) => text?.Contains(Term!, StringComparison.OrdinalIgnoreCase) ?? false;

    private SortKey[] Keys(FieldValue[] values) =>
        Sorts.Length == 0 ? [] : Array.ConvertAll(Sorts, sort => SortKey.Of(Fields[sort.Place], values[sort.Place], references));

    private int Compare((SearchRow Row, SortKey[] Keys) one, (SearchRow Row, SortKey[] Keys) other)
    {
        for (var index = 0; index < Sorts.Length; index++)
        {
            var order = SortKey.Compare(one.Keys[index], other.Keys[index], Sorts[index].IsDescending);
            if (order != 0)
            {
                return order;
            }
        }

        return one.Row.Id.CompareTo(other.Row.Id);
    }
}
