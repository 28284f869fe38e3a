namespace AffinityDurable.LocalHost.Engine;

/// <summary>
/// An orchestrator did something else than its history records, or awaited a task that is not durable. The instance
/// fails with this type and a message that names the step.
/// </summary>
public sealed class NonDeterministicOrchestratorException(string message) : Exception(message);
