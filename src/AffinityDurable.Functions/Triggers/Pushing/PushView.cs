using AffinityDurable.Core.Pushing;

namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary>A push as it stands.</summary>
/// <param name="PushId">The push.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="ReceivedAt">When all of it had arrived, UTC.</param>
/// <param name="StartsAt">When a run is to start for it, UTC; null for the next time of the schedule.</param>
/// <param name="Status">Where to ask for it.</param>
/// <param name="RunId">The run that has taken it; null while it waits.</param>
/// <param name="Run">Where to ask for the run.</param>
public sealed record PushView(string PushId, long Rows, DateTimeOffset ReceivedAt, DateTimeOffset? StartsAt, string Status, string? RunId, string? Run)
{
    public static PushView Of(string sync, PushReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return new(
            receipt.Id,
            receipt.Rows,
            receipt.ReceivedAt,
            receipt.StartsAt,
            $"/api/syncs/{Uri.EscapeDataString(sync)}/rows/{receipt.Id}",
            receipt.RunId,
            receipt.RunId is null ? null : Problems.LocationOf(receipt.RunId));
    }
}
