using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>plan</c>: what a run would write. Cannot write.</summary>
internal static class PlanCommand
{
    private const int DefaultChanges = 50;

    public static Command Create(GlobalOptions globals)
    {
        var scope = new ScopeOptions();
        var most = new Option<int>("--max") { Description = "Changed fields to show", HelpName = "n", DefaultValueFactory = _ => DefaultChanges };
        var command = new Command("plan", "Shows what a run would change, before and after; writes nothing") { most };
        scope.AddTo(command);
        command.SetAction((result, stop) => PlanAsync(globals.Session(result), scope.Request(result, RunMode.Plan), result.GetValue(most), stop));
        return command;
    }

    private static async Task<int> PlanAsync(Session session, RunRequest request, int most, CancellationToken stop)
    {
        var report = await Runs.ExecuteAsync(session, request, stop);
        var store = new FileRunStore(session.StateDirectory);
        await new ReportPage(session.Terminal, store).WriteAsync(report, most, stop);
        return ExitCodes.Of(report.Outcome, session.FailOn);
    }
}
