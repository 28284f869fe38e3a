using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>Rules that block a run before its first write. Pure: plan, thresholds and the last good run in, findings out.</summary>
public static class Guard
{
    /// <summary>Whether a run sees all that one of its sources has to say about the whole list: only then do missing rows of it mean something.</summary>
    public static bool IsWholeTruth(SyncDefinition definition, RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(request);
        return definition.Sources.Any(source => source.Delivers == Delivery.All) && !request.IsRestricted && request is { Undo: null, PlanOf: null };
    }

    /// <param name="plan">The plan.</param>
    /// <param name="sync">The definition, with its thresholds.</param>
    /// <param name="wholeTruth">See <see cref="IsWholeTruth"/>.</param>
    /// <param name="lastGood">What the plan is measured by; null when there is none: then the rules that need it are left out.</param>
    public static IReadOnlyList<GuardFinding> Check(PlanSummary plan, ResolvedSync sync, bool wholeTruth, LastGoodRun? lastGood)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(sync);
        var thresholds = sync.Definition.Guards;
        var mappings = sync.Fields.ToDictionary(field => field.Field.Id, field => field.Mapping, StringComparer.Ordinal);
        return
        [
            .. wholeTruth ? SourceGuards.Check(plan, sync.Definition, lastGood?.Sources ?? []) : [],
            .. Records(plan.Records, thresholds),
            .. plan.Fields.SelectMany(field => Shares(field, thresholds)),
            .. plan.Fields.SelectMany(field => mappings.TryGetValue(field.FieldId, out var mapping) ? Sizes(field, mapping) : []),
        ];
    }

    /// <summary>A percentage of a base that is large enough for one; null else.</summary>
    internal static double? PercentOf(double part, double whole, GuardDefinition thresholds) =>
        whole >= Math.Max(1, thresholds.MinEntries) ? 100 * part / whole : null;

    /// <summary>The finding of a rule that allows so much and no more; null when it does not apply.</summary>
    internal static GuardFinding? AtMost(string rule, string? subject, double? figure, double? allowed, ErrorCode code) =>
        figure is { } shown && allowed is { } threshold ? new GuardFinding(rule, subject, shown, threshold, shown > threshold, code.Id) : null;

    private static IEnumerable<GuardFinding> Records(RecordCounts records, GuardDefinition thresholds)
    {
        var rejected = PercentOf(records.Malformed + records.Rejected, records.Read, thresholds);
        var unmatched = PercentOf(records.Unmatched, records.Read - records.Malformed, thresholds);
        return Applicable(
            AtMost(GuardRules.Rejected, null, rejected, thresholds.MaxRejectedPercent, GuardErrors.TooManyRejected),
            AtMost(GuardRules.Unmatched, null, unmatched, thresholds.MaxUnmatchedPercent, GuardErrors.TooManyUnmatched));
    }

    private static IEnumerable<GuardFinding> Shares(FieldSummary field, GuardDefinition thresholds)
    {
        var overwritten = PercentOf(field.Overwritten - field.Resent, field.WithLiveValue, thresholds);
        var cleared = PercentOf(field.Cleared, field.WithLiveValue, thresholds);
        return OfField(
            field,
            AtMost(GuardRules.Overwritten, field.Name, overwritten, thresholds.MaxOverwrittenPercent, GuardErrors.TooManyOverwritten),
            AtMost(GuardRules.Cleared, field.Name, cleared, thresholds.MaxClearedPercent, GuardErrors.TooManyCleared));
    }

    private static IEnumerable<GuardFinding> Sizes(FieldSummary field, FieldMapping mapping) => OfField(
        field,
        AtMost(GuardRules.Factor, field.Name, field.LargestFactor, mapping.MaxFactor, GuardErrors.FactorTooLarge),
        AtMost(GuardRules.Delta, field.Name, field.LargestDelta, mapping.MaxDelta, GuardErrors.DeltaTooLarge));

    private static IEnumerable<GuardFinding> OfField(FieldSummary field, params GuardFinding?[] findings) =>
        Applicable(findings).Select(finding => finding with { FieldId = field.FieldId });

    private static IEnumerable<GuardFinding> Applicable(params GuardFinding?[] findings) => findings.OfType<GuardFinding>();
}
