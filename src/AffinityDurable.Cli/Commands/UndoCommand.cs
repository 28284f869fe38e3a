using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>undo</c>: takes back what a run has written.</summary>
internal static class UndoCommand
{
    private const int DefaultChanges = 50;

    public static Command Create(GlobalOptions globals)
    {
        var run = RunArgument.Create("Id of the run to undo");
        var entries = new Option<long[]?>("--entries") { Description = "Only these list entries, by id", HelpName = "ids", CustomParser = ItemLists.Ids };
        var fields = new Option<string[]?>("--fields") { Description = "Only these fields, by id or name", HelpName = "fields", CustomParser = ItemLists.Texts };
        var plan = new Option<bool>("--plan") { Description = "Shows what would be put back; writes nothing and holds nothing" };
        var by = AnswerOptions.ByOption();
        var command = new Command("undo", "Puts back what a run has written wherever Affinity still shows it, lists the rest, and holds the sync") { run, entries, fields, plan, by };
        command.SetAction((result, stop) =>
        {
            var undone = result.GetRequiredValue(run);
            var request = new RunRequest
            {
                Sync = undone.Sync,
                Mode = result.GetValue(plan) ? RunMode.Plan : RunMode.Apply,
                Trigger = RunTrigger.CommandLine,
                Undo = new UndoRequest(undone.ToString(), ItemLists.Given(result, fields), ItemLists.Given(result, entries)),
                By = result.GetRequiredValue(by),
            };
            return FollowedCommand.ExecuteAsync(globals.Session(result), request, PlanAnswer.None, DefaultChanges, stop);
        });
        return command;
    }
}
