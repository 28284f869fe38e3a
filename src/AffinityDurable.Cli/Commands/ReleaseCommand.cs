using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>release</c>: shows a fresh plan, then lets a held sync go.</summary>
internal static class ReleaseCommand
{
    private const int ChangesShown = 50;

    public static Command Create(GlobalOptions globals)
    {
        var sync = new Argument<string>("sync") { Description = "Name of the sync" };
        var yes = new Option<bool>("--yes") { Description = "Releases without asking, once the plan is made" };
        var by = AnswerOptions.ByOption();
        var command = new Command("release", "Shows what a held sync would write next, and lets it go") { sync, yes, by };
        command.SetAction((result, stop) => ReleaseAsync(
            globals.Session(result), result.GetRequiredValue(sync), result.GetValue(yes), result.GetRequiredValue(by), stop));
        return command;
    }

    private static async Task<int> ReleaseAsync(Session session, string sync, bool yes, string by, CancellationToken stop)
    {
        if (await SyncHolds.FindAsync(session, sync, stop) is not { } hold)
        {
            session.Terminal.Line($"Sync '{sync}' is not held.");
            return ExitCodes.Succeeded;
        }

        session.Terminal.ErrorLine($"Sync '{sync}' is {hold}. This is what it would write next:");
        var plan = await Runs.ExecuteAsync(session, new RunRequest { Sync = sync, Mode = RunMode.Plan, Trigger = RunTrigger.CommandLine, By = by }, stop);
        await new ReportPage(session.Terminal, session.RunStore).WriteAsync(plan, ChangesShown, stop);
        if (plan.Plan is null || !(yes || await session.Terminal.ConfirmAsync("Release the sync?", stop)))
        {
            session.Terminal.Line($"Sync '{sync}' stays held{(plan.Plan is null ? ": there is no plan" : "; --yes releases it without asking")}.");
            return ExitCodes.Of(RunOutcome.Blocked, session.FailOn);
        }

        await SyncHolds.ReleaseAsync(session, sync, plan.RunId, by, stop);
        session.Terminal.Line($"Sync '{sync}' is released.");
        return ExitCodes.Succeeded;
    }
}
