using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Counting;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Limits;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator;

/// <summary>Everything one running server shares among its endpoints.</summary>
internal sealed class Simulation
{
    public Simulation(SimulatorOptions options, Tenant tenant)
    {
        Tenant = tenant;
        Time = options.TimeProvider;
        Behavior = options.Behavior;
        Limits = new(options);
        Changes = new(tenant, options.Behavior, options.ChangeLogCapacity);
        Events = new(Changes);
        Counters = new(tenant);
        Log = new() { IsOn = options.LogsRequests };
    }

    public Tenant Tenant { get; }

    public TimeProvider Time { get; }

    public SimulatedBehavior Behavior { get; }

    public AccountLimits Limits { get; }

    /// <summary>What happens in the account, for the change log and the webhooks.</summary>
    public AccountEvents Events { get; }

    /// <summary>The changes of field values that happened while the server ran.</summary>
    public ChangeLog Changes { get; }

    public FaultPlan Faults { get; } = new();

    public Counters Counters { get; }

    public RequestLog Log { get; }
}
