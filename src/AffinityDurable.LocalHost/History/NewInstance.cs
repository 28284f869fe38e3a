namespace AffinityDurable.LocalHost.History;

/// <summary>What is needed to start an instance.</summary>
internal sealed record NewInstance(string Id, string Name, string? Input)
{
    public string Version { get; init; } = string.Empty;
    public DateTimeOffset? StartAt { get; init; }
    public string? Tags { get; init; }
}
