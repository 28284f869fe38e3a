using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Faults;

/// <summary>
/// What goes wrong. Faults are asked in the order they were added; see <see cref="Fault"/> for what happens when several hit one request.
/// A fault counts the matching requests that it is asked about: one that another fault has answered already is none of them.
/// </summary>
public sealed class FaultPlan
{
    /// <summary>How many happenings are kept.</summary>
    public const int Capacity = 10_000;

    private readonly Simulation _simulation;
    private readonly Lock _gate = new();
    private readonly Queue<Happening> _happened = new();
    private volatile ArmedFault[] _armed = [];

    internal FaultPlan(Simulation simulation) => _simulation = simulation;

    /// <summary>Every write answers 500 and changes nothing.</summary>
    public bool WritesBroken { get; set; }

    /// <summary>Time added to every request, up to one day.</summary>
    public TimeSpan Latency
    {
        get;
        set => field = FaultRules.WhyNot(value) is { } reason ? throw new ArgumentOutOfRangeException(nameof(value), $"Latency: {reason}") : value;
    }

    /// <summary>Faults that still have hits left.</summary>
    public IReadOnlyList<Fault> Pending => [.. _armed.Select(armed => armed.Remaining)];

    /// <summary>What faults have changed in the account, oldest first: the last <see cref="Capacity"/> changes since the start.</summary>
    public IReadOnlyList<Happening> Happened
    {
        get
        {
            lock (_gate)
            {
                return [.. _happened];
            }
        }
    }

    /// <exception cref="ArgumentException">The fault makes no sense; the message names every property that is wrong.</exception>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        FaultRules.Require(fault, _simulation.Counters.Knows);
        lock (_gate)
        {
            _armed = [.. _armed, new ArmedFault(fault)];
        }
    }

    /// <summary>Fails the next matching requests with a status.</summary>
    public void FailNext(int times, int status, string? method = null, string? pathContains = null) =>
        Add(new Fault { Times = times, Status = status, Method = method, PathContains = pathContains });

    /// <summary>Cuts the connection of the next matching requests, before or after they were carried out.</summary>
    public void CutNext(int times, bool afterCommit, string? method = null, string? pathContains = null) =>
        Add(new Fault { Times = times, CutsConnection = true, AfterCommit = afterCommit, Method = method, PathContains = pathContains });

    /// <summary>Ends all faults, broken writes and latency. What has happened stays.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _armed = [];
            WritesBroken = false;
            Latency = TimeSpan.Zero;
        }
    }

    internal IReadOnlyList<FaultProblem> Check(Fault fault) => FaultRules.Check(fault, _simulation.Counters.Knows);

    /// <summary>As at the start: with the faults of the options and nothing happened.</summary>
    internal void StartOver(IReadOnlyList<Fault> faults)
    {
        lock (_gate)
        {
            Clear();
            _happened.Clear();
            _armed = [.. faults.Select(fault => new ArmedFault(fault))];
        }
    }

    /// <summary>Takes the faults that hit this request and counts them down; null when none does.</summary>
    internal FaultStrike? Take(HttpContext context)
    {
        if (_armed.Length == 0)
        {
            return null;
        }

        var request = new FaultedRequest(context, _simulation.Tenant, _simulation.Time.GetUtcNow());
        lock (_gate)
        {
            var strike = Strike(request);
            if (strike is not null && Array.Exists(_armed, armed => armed.IsSpent))
            {
                _armed = Array.FindAll(_armed, armed => !armed.IsSpent);
            }

            return strike;
        }
    }

    internal void Record(Happening happening)
    {
        lock (_gate)
        {
            _happened.Enqueue(happening);
            if (_happened.Count > Capacity)
            {
                _happened.Dequeue();
            }
        }
    }

    private FaultStrike? Strike(FaultedRequest request)
    {
        FaultStrike? strike = null;
        foreach (var armed in _armed)
        {
            var rests = armed.Rests(request);
            var comesLate = armed.Fault.Answers && strike?.Answer is not null;
            if (!rests && !comesLate && armed.Sees(request) && armed.Hit(request) is { } hit)
            {
                (strike ??= new FaultStrike(request)).Add(hit);
            }
        }

        return strike;
    }
}
