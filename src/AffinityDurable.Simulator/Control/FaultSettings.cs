using AffinityDurable.Simulator.Faults;

namespace AffinityDurable.Simulator.Control;

/// <summary>The faults as the control API shows them.</summary>
internal sealed record FaultSettings(bool WritesBroken, double LatencyMilliseconds, IReadOnlyList<FaultRequest> Pending)
{
    public static FaultSettings Of(FaultPlan plan) => new(
        plan.WritesBroken, plan.Latency.TotalMilliseconds, [.. plan.Pending.Select(FaultRequest.Of)]);
}

/// <summary>Broken writes and latency; what is absent stays.</summary>
internal sealed record FaultSwitches(bool? WritesBroken = null, double? LatencyMilliseconds = null)
{
    public void ApplyTo(FaultPlan plan)
    {
        plan.WritesBroken = WritesBroken ?? plan.WritesBroken;
        plan.Latency = LatencyMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : plan.Latency;
    }
}

/// <summary>One fault on the wire; without <c>times</c> it hits once, with <c>always</c> until faults are cleared.</summary>
internal sealed record FaultRequest(
    string? Method = null, string? PathContains = null, int Skip = 0, int Times = 1, bool Always = false, int? Status = null,
    bool CutsConnection = false, bool AfterCommit = false, double DelayMilliseconds = 0)
{
    public static FaultRequest Of(Fault fault) => new(
        fault.Method, fault.PathContains, fault.Skip, fault.Times ?? 0, fault.Times is null, fault.Status, fault.CutsConnection,
        fault.AfterCommit, fault.Delay.TotalMilliseconds);

    public Fault ToFault() => new()
    {
        Method = Method,
        PathContains = PathContains,
        Skip = Skip,
        Times = Always ? null : Times,
        Status = Status,
        CutsConnection = CutsConnection,
        AfterCommit = AfterCommit,
        Delay = TimeSpan.FromMilliseconds(DelayMilliseconds),
    };
}

internal sealed record LogSwitch(bool IsOn);

internal sealed record MergeRequest(long Into);
