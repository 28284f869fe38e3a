namespace AffinityDurable.Core.Cancelling;

/// <summary>Somebody's wish that a run ends.</summary>
/// <param name="By">Who asked for it, where that is known.</param>
/// <param name="Reason">Why, where it was said.</param>
/// <param name="At">When.</param>
public sealed record CancelRequest(string? By, string? Reason, DateTimeOffset At)
{
    /// <summary>In words, for reports.</summary>
    public override string ToString() => $"cancelled by {By ?? "an operator"} at {At:u}{(Reason is null ? "" : $": {Reason}")}";
}
