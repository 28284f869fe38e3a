using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>run</c>: plans and writes.</summary>
internal static class RunCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var scope = new ScopeOptions();
        var command = new Command("run", "Runs a sync: reads, plans, checks the guards and writes");
        scope.AddTo(command);
        command.SetAction((result, stop) => RunAsync(globals.Session(result), scope.Request(result, RunMode.Apply), stop));
        return command;
    }

    private static async Task<int> RunAsync(Session session, RunRequest request, CancellationToken stop)
    {
        var report = await Runs.ExecuteAsync(session, request, stop);
        await new ReportPage(session.Terminal, new FileRunStore(session.StateDirectory)).WriteAsync(report, mostChanges: 0, stop);
        return ExitCodes.Of(report.Outcome, session.FailOn);
    }
}
