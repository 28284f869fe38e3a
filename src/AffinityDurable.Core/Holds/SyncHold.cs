using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Holds;

/// <summary>An operator's word on what a sync may do; goes before the definition's <c>state</c>.</summary>
/// <param name="Activity"><see cref="SyncActivity.Held"/> or <see cref="SyncActivity.PlanOnly"/>.</param>
/// <param name="Reason">Why, for those who find it later.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record SyncHold(SyncActivity Activity, string Reason, string By, DateTimeOffset At)
{
    public override string ToString() => $"{(Activity == SyncActivity.Held ? "held" : "planOnly")} since {At:u} by {By}: {Reason}";
}
