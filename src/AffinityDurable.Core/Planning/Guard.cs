using System.Globalization;
using System.Text.Json.Serialization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Planning;

/// <summary>One rule as it was checked against a plan.</summary>
/// <param name="Rule">Name of the rule in definitions.</param>
/// <param name="Subject">The field it is about; null for the whole run.</param>
/// <param name="Figure">What the plan shows.</param>
/// <param name="Threshold">What the definition allows.</param>
/// <param name="Breached">Whether the run is blocked by it.</param>
/// <param name="Code">Id of the error code.</param>
public sealed record GuardFinding(string Rule, string? Subject, double Figure, double Threshold, bool Breached, string Code)
{
    /// <summary>What was found, without the code.</summary>
    [JsonIgnore]
    public string Message => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rule}{(Subject is null ? "" : $" of \"{Subject}\"")}: {Figure:0.##} against {Threshold:0.##}");

    public override string ToString() => $"{Code} {Message}";
}

/// <summary>Rules that block a run before its first write. Pure: plan and thresholds in, findings out.</summary>
public static class Guard
{
    /// <param name="plan">The plan.</param>
    /// <param name="thresholds">Thresholds of the definition.</param>
    /// <param name="wholeTruth">The source delivers all and was read for the whole list: only then do missing rows mean something.</param>
    public static IReadOnlyList<GuardFinding> Check(PlanSummary plan, GuardDefinition thresholds, bool wholeTruth) =>
    [
        .. wholeTruth ? [Rows(plan, thresholds)] : Array.Empty<GuardFinding>(),
        .. plan.Fields.Where(field => !field.IsComputed && field.WithLiveValue >= thresholds.MinEntries).Select(field => Overwritten(field, thresholds)),
    ];

    private static GuardFinding Rows(PlanSummary plan, GuardDefinition thresholds)
    {
        var rows = plan.Records.Read - plan.Records.Malformed;
        return new GuardFinding("minRows", null, rows, thresholds.MinRows, rows < thresholds.MinRows, GuardErrors.TooFewRows.Id);
    }

    private static GuardFinding Overwritten(FieldSummary field, GuardDefinition thresholds)
    {
        var percent = 100.0 * (field.Overwritten - field.Resent) / field.WithLiveValue;
        var allowed = thresholds.MaxOverwrittenPercent;
        return new GuardFinding("maxOverwrittenPercent", field.Name, percent, allowed, percent > allowed, GuardErrors.TooManyOverwritten.Id);
    }
}
