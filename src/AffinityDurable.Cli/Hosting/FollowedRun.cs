using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Starts a run and follows it to its end.</summary>
internal static class FollowedRun
{
    /// <returns>The report.</returns>
    /// <exception cref="ProblemException">It could not be started, or ended without a report.</exception>
    public static async Task<RunReport> ExecuteAsync(Session session, IRunGateway gateway, RunRequest request, CancellationToken cancellationToken)
    {
        var run = await gateway.StartAsync(request, cancellationToken);
        session.Terminal.ErrorLine(run.IsResumed
            ? $"Run {run.RunId} was interrupted and goes on: {RunScope.InWords(request)}; no other is started."
            : $"Run {run.RunId}");
        return await RunProgress.ShowAsync(
            session.Terminal,
            TimeProvider.System,
            progress => FollowAsync(gateway, run.RunId, progress, cancellationToken));
    }

    private static async Task<RunReport> FollowAsync(IRunGateway gateway, string runId, IRunProgress progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            var view = await gateway.FindAsync(runId, cancellationToken);
            if (view is null || HasEnded(view))
            {
                return view?.Report ?? throw new ProblemException(Problem.Of(HostErrors.StepFailed, $"Run {runId} ended without a report."));
            }

            if (view.Status is { } status)
            {
                progress.Show(status);
            }

            await Task.Delay(gateway.Interval, cancellationToken);
        }
    }

    private static bool HasEnded(RunView view) => view.RuntimeStatus
        is null
        or nameof(OrchestrationRuntimeStatus.Completed)
        or nameof(OrchestrationRuntimeStatus.Failed)
        or nameof(OrchestrationRuntimeStatus.Terminated);
}
