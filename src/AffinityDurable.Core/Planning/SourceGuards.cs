using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Planning;

/// <summary>Guards over what a source brought as a whole, alone and against the last good run.</summary>
internal static class SourceGuards
{
    /// <param name="plan">The plan.</param>
    /// <param name="thresholds">Thresholds of the definition.</param>
    /// <param name="before">What the source of the last good run had brought; null when there is none.</param>
    public static IEnumerable<GuardFinding> Check(PlanSummary plan, GuardDefinition thresholds, SourceFigures? before)
    {
        yield return Rows(plan, thresholds);
        if (plan.Source is not { } now || before is null)
        {
            yield break;
        }

        foreach (var finding in Against(before, now, thresholds).OfType<GuardFinding>())
        {
            yield return finding;
        }
    }

    private static GuardFinding Rows(PlanSummary plan, GuardDefinition thresholds)
    {
        var rows = plan.Records.Read - plan.Records.Malformed;
        return new GuardFinding(GuardRules.MinRows, null, rows, thresholds.MinRows, rows < thresholds.MinRows, GuardErrors.TooFewRows.Id);
    }

    private static IEnumerable<GuardFinding?> Against(SourceFigures before, SourceFigures now, GuardDefinition thresholds)
    {
        yield return Guard.AtMost(
            GuardRules.RowDrop, null, Drop(before.Rows, now.Rows, thresholds), thresholds.MaxRowDropPercent, GuardErrors.TooManyRowsGone);
        yield return Guard.AtMost(
            GuardRules.CoverageDrop,
            null,
            Drop(before.CoveredEntries, now.CoveredEntries, thresholds),
            thresholds.MaxCoverageDropPercent,
            GuardErrors.TooManyEntriesUncovered);
        foreach (var (column, filled) in now.NonNull)
        {
            var jump = before.NonNull.TryGetValue(column, out var filledBefore)
                ? Blanks(now.MatchedRows, filled, thresholds) - Blanks(before.MatchedRows, filledBefore, thresholds)
                : null;
            yield return Guard.AtMost(
                GuardRules.NullJump, column, AtLeastNone(jump), thresholds.MaxNullJumpPercent, GuardErrors.TooManyBlanks);
        }
    }

    private static double? Drop(long before, long now, GuardDefinition thresholds) =>
        AtLeastNone(Guard.PercentOf(before - now, before, thresholds));

    private static double? Blanks(long rows, long filled, GuardDefinition thresholds) => Guard.PercentOf(rows - filled, rows, thresholds);

    /// <summary>More than before is no drop.</summary>
    private static double? AtLeastNone(double? percent) => percent is { } known ? Math.Max(0, known) : null;
}
