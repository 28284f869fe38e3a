using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Simulator.Faults;

/// <summary>One fault that hits one request, with the dice for what is left to chance about it.</summary>
internal sealed record FaultHit(Fault Fault, Dice Dice);

/// <summary>All that hits one request.</summary>
internal sealed class FaultStrike(FaultedRequest request)
{
    private readonly List<FaultHit> _hits = [];

    public FaultedRequest Request { get; } = request;

    /// <summary>In the order in which the faults were added.</summary>
    public IReadOnlyList<FaultHit> Hits => _hits;

    /// <summary>The fault that answers the request, if one does.</summary>
    public Fault? Answer { get; private set; }

    /// <summary>How long the request is held up.</summary>
    public TimeSpan Delay { get; private set; }

    public void Add(FaultHit hit)
    {
        _hits.Add(hit);
        Answer ??= hit.Fault.Answers ? hit.Fault : null;
        Delay += hit.Fault.DelayUpTo is { } most ? hit.Dice.Between(hit.Fault.Delay, most) : hit.Fault.Delay;
    }
}
