using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>Starts an orchestrator function on the current synchronization context.</summary>
internal delegate Task<object?> OrchestratorBody(TaskOrchestrationContext context);
