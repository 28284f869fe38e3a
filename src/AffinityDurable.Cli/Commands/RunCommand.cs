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
        var store = new FileRunStore(session.StateDirectory);
        var view = new ReportView(session.Terminal);
        view.Write(report, await RejectList.ReadAsync(store, report.RunId, stop));
        view.WriteFiles(store, report.RunId);
        return ExitCodes.Of(report.Outcome, session.FailOn);
    }
}
