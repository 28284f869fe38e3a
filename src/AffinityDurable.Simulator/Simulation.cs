using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Counting;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Limits;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Webhooks;

namespace AffinityDurable.Simulator;

/// <summary>Everything one running server shares among its endpoints.</summary>
internal sealed class Simulation
{
    private readonly SimulatorOptions _options;
    private readonly SimulatedBehavior _startBehavior = new();
    private volatile Tenant _tenant;

    public Simulation(SimulatorOptions options, Tenant tenant)
    {
        _options = options;
        _tenant = tenant;
        _startBehavior.CopyFrom(options.Behavior);
        Time = new(options.TimeProvider);
        Limits = new(options, Time);
        Changes = new(this, options.ChangeLogCapacity);
        Webhooks = new(this, options);
        Events = new(Changes, Webhooks);
        Counters = new(this);
        Faults = new(this);
        Log = new() { IsOn = options.LogsRequests };
    }

    /// <summary>The account that is served. It may be replaced as a whole at any time, so nothing keeps it beyond a request.</summary>
    public Tenant Tenant => _tenant;

    public AdjustableClock Time { get; }

    /// <summary>The account of the start, when it is kept.</summary>
    public AccountCopy? Start { get; init; }

    public SimulatedBehavior Behavior => _options.Behavior;

    public AccountLimits Limits { get; }

    /// <summary>What happens in the account, for the change log and the webhooks.</summary>
    public AccountEvents Events { get; }

    /// <summary>The changes of field values that happened while the server ran.</summary>
    public ChangeLog Changes { get; }

    /// <summary>The deliveries of webhooks.</summary>
    public WebhookDeliveries Webhooks { get; }

    public FaultPlan Faults { get; }

    public Counters Counters { get; }

    public RequestLog Log { get; }

    /// <summary>Serves another account from the next request on.</summary>
    public void Serve(Tenant tenant)
    {
        _tenant = tenant;
        Events.Replaced();
    }

    /// <summary>Back to the account and the settings of the start, with nothing asked yet.</summary>
    /// <exception cref="InvalidOperationException">The start was not kept.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        var start = Start ?? throw new InvalidOperationException(
            $"This server did not keep how it started: {nameof(SimulatorOptions)}.{nameof(SimulatorOptions.KeepsStart)} makes it do so.");
        var tenant = await start.UnpackAsync(cancellationToken);
        Time.Reset();
        Serve(tenant);
        Behavior.CopyFrom(_startBehavior);
        Limits.StartOver();
        Faults.StartOver(_options.Faults);
        Log.Clear();
        Log.IsOn = _options.LogsRequests;
        Counters.Reset();
    }
}
