namespace AffinityDurable.LocalHost.Engine;

/// <summary>The orchestrator wants to start over when it returns.</summary>
internal sealed record Continuation(string? Input, bool PreserveEvents, string Version);
