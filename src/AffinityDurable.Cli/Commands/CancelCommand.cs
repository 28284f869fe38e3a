using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>cancel</c>: ends a run.</summary>
internal static class CancelCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var run = RunArgument.Create("Id of the run to end");
        var reason = new Option<string?>("--reason") { Description = "Why; goes into the report", HelpName = "text" };
        var by = AnswerOptions.ByOption();
        var command = new Command("cancel", "Ends a run within seconds, also one that waits; what it has written stays and can be undone") { run, reason, by };
        command.SetAction(async (result, stop) =>
        {
            var session = globals.Session(result);
            var cancelled = new CancelledRun(result.GetRequiredValue(run).ToString(), result.GetRequiredValue(by), result.GetValue(reason));
            var report = await CancelAsync(session, cancelled, stop);
            return await FollowedCommand.ShowAsync(session, report, mostChanges: 0, stop);
        });
        return command;
    }

    private static async Task<RunReport> CancelAsync(Session session, CancelledRun cancelled, CancellationToken stop)
    {
        await using var gateway = await RunGateways.OpenAsync(session, cancelled, stop);
        return await new FollowedRun(session, gateway, cancelled.RunId).CancelAsync(cancelled, stop);
    }
}
