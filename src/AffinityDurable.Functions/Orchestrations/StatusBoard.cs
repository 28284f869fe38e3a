using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Where an orchestration of a run stands, as its custom status shows it.</summary>
internal sealed class StatusBoard(TaskOrchestrationContext context, RunStatus first)
{
    public RunStatus Now { get; private set; } = first;

    public void Show(RunStatus status)
    {
        Now = status;
        context.SetCustomStatus(status);
    }
}
