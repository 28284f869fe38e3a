using AffinityDurable.Core.Planning;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints what becomes of each mapped field.</summary>
internal static class FieldTable
{
    public static void Write(Terminal terminal, IReadOnlyList<FieldSummary> fields) => Tables.Write(
        terminal,
        ["field", "id", "#filled", "#overwritten", "#cleared", "#unchanged", "#stored differently", "#kept", "#rejected"],
        fields.Select(field => (IReadOnlyList<string?>)
        [
            field.Name,
            field.FieldId,
            Tables.Number(field.Filled),
            Tables.Number(field.Overwritten),
            Tables.Number(field.Cleared),
            Tables.Number(field.Unchanged),
            Tables.Number(field.StoredDifferently),
            Tables.Number(field.Kept),
            Tables.Number(field.Rejected),
        ]));
}
