namespace AffinityDurable.Functions.Triggers.Monitoring;

/// <summary>Whether the host can do its work.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>notReady</c>.</param>
public sealed record HealthView(string Status)
{
    /// <summary>The version of the program that answers, with the commit it was built from; null for callers that are not known.</summary>
    public string? Version { get; init; }

    /// <summary>What was looked at; null for callers that are not known.</summary>
    public IReadOnlyList<CheckResult>? Checks { get; init; }
}

/// <summary>Words of <see cref="HealthView.Status"/>.</summary>
internal static class HealthWords
{
    public const string Live = "live";
    public const string Ready = "ready";
    public const string NotReady = "notReady";
}
