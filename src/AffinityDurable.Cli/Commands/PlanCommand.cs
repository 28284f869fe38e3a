using System.CommandLine;
using AffinityDurable.Cli.Hosting;
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
        var command = new Command("plan", "Shows what a run would change, before and after, and stores it; writes nothing") { most };
        scope.AddTo(command);
        command.SetAction((result, stop) => FollowedCommand.ExecuteAsync(
            globals.Session(result), scope.Request(result, RunMode.Plan), PlanAnswer.None, result.GetValue(most), stop));
        return command;
    }
}
