namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Wakes a run whose plan waits for an approval, or a night that waits for such a run. It carries nothing: the answer is in the state store.</summary>
public sealed record ApprovalEvent
{
    public const string Name = "Approval";
}
