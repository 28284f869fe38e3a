using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary>What all commands that end with a run have in common.</summary>
internal static class FollowedCommand
{
    /// <summary>Runs, shows the report and gives the exit code.</summary>
    public static async Task<int> ExecuteAsync(Session session, RunRequest request, PlanAnswer answer, int mostChanges, CancellationToken stop) =>
        await ShowAsync(session, await Runs.ExecuteAsync(session, request, answer, stop), mostChanges, stop);

    /// <summary>Shows a report; without one, a plan waits for its approval and counts as blocked.</summary>
    public static async Task<int> ShowAsync(Session session, RunReport? report, int mostChanges, CancellationToken stop)
    {
        if (report is null)
        {
            return ExitCodes.Of(RunOutcome.Blocked, session.FailOn);
        }

        await new ReportPage(session.Terminal, session.RunStore).WriteAsync(report, mostChanges, stop);
        return ExitCodes.Of(report.Outcome, session.FailOn);
    }
}
