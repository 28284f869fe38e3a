using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>hold</c>: keeps a sync from writing.</summary>
internal static class HoldCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var sync = new Argument<string>("sync") { Description = "Name of the sync" };
        var reason = new Option<string>("--reason") { Description = "Why; shown by every run that is kept from writing", HelpName = "text", Required = true };
        var planOnly = new Option<bool>("--plan-only") { Description = "Scheduled runs still plan" };
        var by = AnswerOptions.ByOption();
        var command = new Command("hold", "Keeps a sync from writing until it is released; a run that is writing stops within seconds") { sync, reason, planOnly, by };
        command.SetAction(async (result, stop) =>
        {
            var session = globals.Session(result);
            var name = result.GetRequiredValue(sync);
            var activity = result.GetValue(planOnly) ? SyncActivity.PlanOnly : SyncActivity.Held;
            var hold = await SyncHolds.HoldAsync(session, name, activity, result.GetRequiredValue(reason), result.GetRequiredValue(by), stop);
            session.Terminal.Line($"Sync '{name}' is {hold}.");
            session.Terminal.Line($"`affinity-durable release {name}` lets it go.");
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
