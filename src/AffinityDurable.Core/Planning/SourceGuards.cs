using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Planning;

/// <summary>Guards over what a source brought as a whole, alone and against the last good run. Of a source that delivers changes nothing is concluded.</summary>
internal static class SourceGuards
{
    /// <param name="plan">The plan.</param>
    /// <param name="definition">The definition, with its thresholds.</param>
    /// <param name="before">What the sources of the last good run had brought; empty when there is none.</param>
    public static IEnumerable<GuardFinding> Check(PlanSummary plan, SyncDefinition definition, IReadOnlyList<SourceFigures> before) =>
        from source in definition.Sources
        where source.Delivers == Delivery.All
        let now = plan.Sources.FirstOrDefault(figures => figures.Name == source.Name)
        where now is not null
        from finding in Check(now, definition, before.FirstOrDefault(figures => figures.Name == source.Name))
        select finding;

    private static IEnumerable<GuardFinding> Check(SourceFigures now, SyncDefinition definition, SourceFigures? before)
    {
        var thresholds = definition.Guards;
        var subject = definition.Sources.Count > 1 ? now.Name : null;
        yield return new GuardFinding(GuardRules.MinRows, subject, now.Rows, thresholds.MinRows, now.Rows < thresholds.MinRows, GuardErrors.TooFewRows.Id);
        foreach (var finding in before is null ? [] : Against(before, now, definition, subject).OfType<GuardFinding>())
        {
            yield return finding;
        }
    }

    private static IEnumerable<GuardFinding?> Against(SourceFigures before, SourceFigures now, SyncDefinition definition, string? subject)
    {
        var thresholds = definition.Guards;
        yield return Guard.AtMost(
            GuardRules.RowDrop, subject, Drop(before.Rows, now.Rows, thresholds), thresholds.MaxRowDropPercent, GuardErrors.TooManyRowsGone);
        yield return Guard.AtMost(
            GuardRules.CoverageDrop,
            subject,
            Drop(before.CoveredEntries, now.CoveredEntries, thresholds),
            thresholds.MaxCoverageDropPercent,
            GuardErrors.TooManyEntriesUncovered);
        foreach (var (column, filled) in now.NonNull)
        {
            var jump = before.NonNull.TryGetValue(column, out var filledBefore)
                ? Blanks(now.MatchedRows, filled, thresholds) - Blanks(before.MatchedRows, filledBefore, thresholds)
                : null;
            yield return Guard.AtMost(
                GuardRules.NullJump, definition.Qualified(now.Name, column), AtLeastNone(jump), thresholds.MaxNullJumpPercent, GuardErrors.TooManyBlanks);
        }
    }

    private static double? Drop(long before, long now, GuardDefinition thresholds) =>
        AtLeastNone(Guard.PercentOf(before - now, before, thresholds));

    private static double? Blanks(long rows, long filled, GuardDefinition thresholds) => Guard.PercentOf(rows - filled, rows, thresholds);

    /// <summary>More than before is no drop.</summary>
    private static double? AtLeastNone(double? percent) => percent is { } known ? Math.Max(0, known) : null;
}
