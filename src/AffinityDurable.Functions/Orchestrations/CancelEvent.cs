namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Ends every wait of a run that was cancelled. It carries nothing: who asked for it is in the state store.</summary>
public sealed record CancelEvent
{
    public const string Name = "Cancel";
}
