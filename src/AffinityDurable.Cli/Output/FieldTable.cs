using AffinityDurable.Core.Planning;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints what becomes of each mapped field.</summary>
internal static class FieldTable
{
    private static readonly IReadOnlyList<Column> Columns =
    [
        new("#filled", field => field.Filled),
        new("#overwritten", field => field.Overwritten),
        new("#cleared", field => field.Cleared),
        new("#unchanged", field => field.Unchanged),
        new("#stored differently", field => field.StoredDifferently),
        new("#kept", field => field.Kept),
        new("#edits overwritten", field => field.HumanEditsOverwritten, OnlyIfAny: true),
        new("#edits kept", field => field.KeptForHumans, OnlyIfAny: true),
        new("#not blank", field => field.KeptFilled, OnlyIfAny: true),
        new("#reported only", field => field.ReportedOnly, OnlyIfAny: true),
        new("#rejected", field => field.Rejected),
    ];

    public static void Write(Terminal terminal, IReadOnlyList<FieldSummary> fields)
    {
        var columns = Columns.Where(column => !column.OnlyIfAny || fields.Any(field => column.Count(field) > 0)).ToList();
        Tables.Write(
            terminal,
            ["field", "id", .. columns.Select(column => column.Heading)],
            fields.Select(field => (IReadOnlyList<string?>)
                [field.Name, field.FieldId, .. columns.Select(column => Tables.Number(column.Count(field)))]));
    }

    /// <param name="Heading">As <see cref="Tables.Write"/> takes it.</param>
    /// <param name="Count">What is counted.</param>
    /// <param name="OnlyIfAny">Most syncs never have any.</param>
    private sealed record Column(string Heading, Func<FieldSummary, int> Count, bool OnlyIfAny = false);
}
