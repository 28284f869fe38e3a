using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>adopt</c>: records the live values as ours.</summary>
internal static class AdoptCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var sync = new Argument<string>("sync") { Description = "Name of the sync" };
        var list = new Option<long?>("--list") { Description = "Another list than that of the definition, by id", HelpName = "id" };
        var command = new Command("adopt", "Records the values that the list shows as written by the sync, so that only later edits count as somebody else's") { sync, list };
        command.SetAction((result, stop) =>
        {
            var request = new RunRequest
            {
                Sync = result.GetRequiredValue(sync),
                Mode = RunMode.Adopt,
                Trigger = RunTrigger.CommandLine,
                TestListId = result.GetValue(list),
            };
            return FollowedCommand.ExecuteAsync(globals.Session(result), request, PlanAnswer.None, mostChanges: 0, stop);
        });
        return command;
    }
}
