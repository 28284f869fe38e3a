using AffinityDurable.Core.Planning;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints what each of several sources brought.</summary>
internal static class SourceTable
{
    public static void Write(Terminal terminal, IReadOnlyList<SourceFigures> sources) => Tables.Write(
        terminal,
        ["source", "#read", "#malformed", "#unmatched", "#out of scope", "#superseded", "#rejected", "#entries", "#changes"],
        sources.Select(source => (IReadOnlyList<string?>)
        [
            source.Name,
            .. new[]
            {
                source.Rows + source.Malformed,
                source.Malformed,
                source.Unmatched,
                source.OutOfScope,
                source.Superseded,
                source.Rejected,
                source.CoveredEntries,
                source.Changes,
            }.Select(Tables.Number),
        ]));
}
