using System.Text.Json.Serialization;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Activities;

/// <summary>Input of <see cref="FindWork"/>.</summary>
public sealed record FindWorkInput(long ListId, DateTimeOffset Now);

/// <summary>Output of <see cref="FindWork"/>.</summary>
/// <param name="Due">Syncs that have work to do now.</param>
/// <param name="NextAt">When the next work is due, if none is now.</param>
/// <param name="HeldBy">The run that holds the list, when work is due.</param>
public sealed record FoundWork(IReadOnlyList<string> Due, DateTimeOffset? NextAt = null, string? HeldBy = null)
{
    /// <summary>Nothing is to be done, or it has to wait for people.</summary>
    [JsonIgnore]
    public bool IsNothing => Due.Count == 0 && NextAt is null;
}

/// <summary>Input of <see cref="TakeWork"/>.</summary>
public sealed record TakeWorkInput(long ListId, string Sync, string RunId, DateTimeOffset Now);

/// <summary>Output of <see cref="TakeWork"/>.</summary>
/// <param name="Items">Items that the run takes on; without any there is no run.</param>
/// <param name="Trigger">What brought them.</param>
public sealed record TakenRun(int Items, RunTrigger Trigger = RunTrigger.Webhook);
