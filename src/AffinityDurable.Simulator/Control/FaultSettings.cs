using AffinityDurable.Simulator.Faults;

namespace AffinityDurable.Simulator.Control;

/// <summary>The faults as the control API shows them.</summary>
internal sealed record FaultSettings(
    bool WritesBroken, double LatencyMilliseconds, IReadOnlyList<FaultJson> Pending, IReadOnlyList<Happening> Happened)
{
    public static FaultSettings Of(FaultPlan plan) => new(
        plan.WritesBroken, plan.Latency.TotalMilliseconds, [.. plan.Pending.Select(FaultJson.Of)], plan.Happened);
}

/// <summary>Broken writes and latency; what is absent stays.</summary>
internal sealed record FaultSwitches(bool? WritesBroken = null, double? LatencyMilliseconds = null)
{
    public void ApplyTo(FaultPlan plan)
    {
        // The latency first: it may be refused, and then nothing is to change.
        plan.Latency = LatencyMilliseconds is { } milliseconds ? FaultJson.Milliseconds(milliseconds) : plan.Latency;
        plan.WritesBroken = WritesBroken ?? plan.WritesBroken;
    }
}

internal sealed record LogSwitch(bool IsOn);

internal sealed record MergeRequest(long Into);
