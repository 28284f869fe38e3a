using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Counting;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Limits;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator;

/// <summary>Everything one running server shares among its endpoints.</summary>
internal sealed class Simulation(SimulatorOptions options, Tenant tenant)
{
    public Tenant Tenant { get; } = tenant;

    public TimeProvider Time { get; } = options.TimeProvider;

    public SimulatedBehavior Behavior { get; } = options.Behavior;

    public AccountLimits Limits { get; } = new(options);

    /// <summary>What happens in the account, for the change log and the webhooks.</summary>
    public AccountEvents Events { get; } = new();

    public FaultPlan Faults { get; } = new();

    public Counters Counters { get; } = new(tenant);

    public RequestLog Log { get; } = new() { IsOn = options.LogsRequests };
}
