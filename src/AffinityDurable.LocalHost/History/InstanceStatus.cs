using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.History;

internal static class InstanceStatus
{
    /// <summary>SQL list of the terminal statuses, by the number they are stored under.</summary>
    public static readonly string TerminalSql =
        $"({(int)OrchestrationRuntimeStatus.Completed}, {(int)OrchestrationRuntimeStatus.Failed}, {(int)OrchestrationRuntimeStatus.Terminated})";

    public static bool IsTerminal(this OrchestrationRuntimeStatus status) =>
        status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
