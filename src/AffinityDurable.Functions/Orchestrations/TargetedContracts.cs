namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Input of <see cref="TargetedOrchestrator"/>, also what one round hands to the next.</summary>
/// <param name="ListId">The list that it looks after.</param>
/// <param name="IsLastLook">Nothing was left at the last look: it ends if there is nothing at this one either.</param>
/// <param name="BusyLooks">Looks in a row at which another run held the list.</param>
public sealed record TargetedInput(long ListId, bool IsLastLook = false, int BusyLooks = 0);

/// <summary>Output of <see cref="TargetedOrchestrator"/>.</summary>
/// <param name="ListId">The list, for which nothing is left to do now.</param>
public sealed record TargetedEnd(long ListId);

/// <summary>Wakes a <see cref="TargetedOrchestrator"/> before its time. It carries nothing: the work is in the state store.</summary>
public sealed record WorkEvent
{
    public const string Name = "Work";
}

/// <summary>Custom status of a <see cref="TargetedOrchestrator"/>.</summary>
/// <param name="Phase">One of <see cref="TargetedPhase"/>.</param>
/// <param name="WaitUntil">When it looks again, while it sleeps.</param>
/// <param name="Sync">The sync that is run, or the run that is waited for.</param>
public sealed record TargetedStatus(string Phase, DateTimeOffset? WaitUntil = null, string? Sync = null)
{
    /// <summary>What is due sooner than this after its next look needs no waking.</summary>
    private static readonly TimeSpan ShortSleep = TimeSpan.FromSeconds(15);

    /// <summary>Whether new work could stay unseen: it may have looked already, and will not look again for a while.</summary>
    internal bool MayOversleep(DateTimeOffset now) => Phase == TargetedPhase.Looking || (Phase == TargetedPhase.Sleeping && WaitUntil - now > ShortSleep);
}

/// <summary>Phases of a <see cref="TargetedOrchestrator"/>.</summary>
public static class TargetedPhase
{
    public const string Looking = "looking";
    public const string Sleeping = "sleeping";
    public const string WaitingForList = "waiting for the list";
    public const string Running = "running";
    public const string Ending = "ending";
}
