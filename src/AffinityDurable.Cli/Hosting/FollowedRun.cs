using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Triggers;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Starts a run and follows it, to its end or to where somebody has to approve its plan.</summary>
internal sealed class FollowedRun(Session session, IRunGateway gateway, string runId)
{
    public string RunId => runId;

    /// <exception cref="ProblemException">It could not be started.</exception>
    public static async Task<FollowedRun> StartAsync(Session session, IRunGateway gateway, RunRequest request, CancellationToken cancellationToken)
    {
        var run = await gateway.StartAsync(request, cancellationToken);
        session.Terminal.ErrorLine(run.IsResumed
            ? $"Run {run.RunId} was interrupted and goes on: {RunScope.InWords(request)}; no other is started."
            : $"Run {run.RunId}");
        return new FollowedRun(session, gateway, run.RunId);
    }

    /// <summary>Follows the run until it ends or its plan waits; approves the plan then, if it may.</summary>
    /// <returns>The report; null when the plan waits for somebody else.</returns>
    /// <exception cref="ProblemException">It ended without a report.</exception>
    public async Task<RunReport?> FollowAsync(PlanAnswer answer, CancellationToken cancellationToken)
    {
        var view = await WatchAsync(stopsAtPlan: true, cancellationToken);
        if (WaitingPlan(view) is not { } planHash)
        {
            return ReportOf(view);
        }

        return await new WaitingPlan(session, runId, view!.Status!).IsApprovedAsync(answer, cancellationToken)
            ? await ApproveAsync(planHash, answer, cancellationToken)
            : null;
    }

    /// <summary>Approves or declines, and follows the run to its end.</summary>
    public async Task<RunReport> AnswerAsync(string planHash, bool approved, PlanAnswer answer, CancellationToken cancellationToken)
    {
        await gateway.AnswerAsync(runId, planHash, approved, answer, cancellationToken);
        return ReportOf(await WatchAsync(stopsAtPlan: false, cancellationToken));
    }

    /// <summary>Cancels the run, and follows it to its end.</summary>
    public async Task<RunReport> CancelAsync(CancelledRun cancelled, CancellationToken cancellationToken)
    {
        await gateway.CancelAsync(cancelled, cancellationToken);
        return ReportOf(await WatchAsync(stopsAtPlan: false, cancellationToken));
    }

    private Task<RunReport> ApproveAsync(string planHash, PlanAnswer answer, CancellationToken cancellationToken) =>
        AnswerAsync(planHash, approved: true, answer, cancellationToken);

    private Task<RunView?> WatchAsync(bool stopsAtPlan, CancellationToken cancellationToken) => RunProgress.ShowAsync(
        session.Terminal,
        TimeProvider.System,
        async progress =>
        {
            while (true)
            {
                var view = await gateway.FindAsync(runId, cancellationToken);
                if (view is null || HasEnded(view) || (stopsAtPlan && WaitingPlan(view) is not null))
                {
                    return view;
                }

                if (view.Status is { } status)
                {
                    progress.Show(status);
                }

                await Task.Delay(gateway.Interval, cancellationToken);
            }
        });

    private RunReport ReportOf(RunView? view) =>
        view?.Report ?? throw new ProblemException(Problem.Of(HostErrors.StepFailed, $"Run {runId} ended without a report."));

    private static string? WaitingPlan(RunView? view) =>
        view?.Status is { Phase: RunPhase.WaitingForApproval, PlanHash: { } hash } ? hash : null;

    private static bool HasEnded(RunView view) => view.RuntimeStatus
        is null
        or nameof(OrchestrationRuntimeStatus.Completed)
        or nameof(OrchestrationRuntimeStatus.Failed)
        or nameof(OrchestrationRuntimeStatus.Terminated);
}
