using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>approve</c> and <c>decline</c>: the answer to a plan that waits.</summary>
internal static class AnswerCommands
{
    public static Command Approve(GlobalOptions globals) =>
        Create(globals, "approve", "Lets the plan that a run waits with be written, and follows the run", approved: true);

    public static Command Decline(GlobalOptions globals) =>
        Create(globals, "decline", "Ends a run whose plan waits; nothing is written", approved: false);

    private static Command Create(GlobalOptions globals, string name, string description, bool approved)
    {
        var run = RunArgument.Create("Id of the run that waits");
        var hash = new Option<string?>("--hash") { Description = "Hash of the plan that was looked at, at least 12 characters (default the one that waits)", HelpName = "hash" };
        var answer = new AnswerOptions();
        var command = new Command(name, description) { run, hash };
        answer.AddAnswerTo(command);
        command.SetAction(async (result, stop) =>
        {
            var session = globals.Session(result);
            var report = await AnswerAsync(session, result.GetRequiredValue(run).ToString(), result.GetValue(hash), approved, answer.Answer(result), stop);
            return await FollowedCommand.ShowAsync(session, report, mostChanges: 0, stop);
        });
        return command;
    }

    private static async Task<RunReport> AnswerAsync(Session session, string runId, string? hash, bool approved, PlanAnswer answer, CancellationToken stop)
    {
        var waiting = await new ApprovalBook(session.SyncState).FindAsync(runId, stop)
            ?? throw new ProblemException(Problem.Of(DecisionErrors.NotWaiting, $"Run {runId} does not wait for an approval."));
        await using var gateway = await RunGateways.OpenAsync(session, stop);
        return await new FollowedRun(session, gateway, runId).AnswerAsync(hash ?? waiting.PlanHash, approved, answer, stop);
    }
}
