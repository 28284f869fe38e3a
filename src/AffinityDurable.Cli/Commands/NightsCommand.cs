using System.CommandLine;
using System.Globalization;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Scheduling;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>nights</c>: what became of the scheduled runs, day by day.</summary>
internal static class NightsCommand
{
    private const int DefaultNights = 14;

    private static readonly string[] Columns =
        ["night", "#runs", "#succeeded", "#partial", "#blocked", "#failed", "#cancelled", "#skipped", "#missed", "#waiting", "#calls", "waited"];

    public static Command Create(GlobalOptions globals)
    {
        var most = new Option<int>("--max") { Description = $"Nights to show (default {DefaultNights})", HelpName = "n", DefaultValueFactory = _ => DefaultNights };
        var command = new Command("nights", "Shows what became of the scheduled runs, day by day") { most };
        command.SetAction((result, stop) => ListAsync(globals.Session(result), result.GetRequiredValue(most), stop));
        return command;
    }

    private static async Task<int> ListAsync(Session session, int most, CancellationToken stop)
    {
        var nights = await new NightBook(session.SyncState, session.RunStore, TimeProvider.System).LatestAsync(most, stop);
        if (nights.Count == 0)
        {
            session.Terminal.Line($"There are no nights in {session.StorePlace}: no scheduled run has come due.");
            return ExitCodes.Succeeded;
        }

        Tables.Write(session.Terminal, Columns, nights.Select(Row));
        return ExitCodes.Succeeded;
    }

    private static IReadOnlyList<string?> Row(Night night) =>
    [
        night.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Tables.Number(night.Runs.Count),
        Of(night, RunOutcome.Succeeded),
        Of(night, RunOutcome.Partial),
        Of(night, RunOutcome.Blocked),
        Of(night, RunOutcome.Failed),
        Of(night, RunOutcome.Cancelled),
        Of(night, RunOutcome.Skipped),
        Tables.Number(night.Missed),
        Tables.Number(night.Waiting),
        Tables.Number(night.Calls),
        night.Waited.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture),
    ];

    private static string Of(Night night, RunOutcome outcome) => Tables.Number(night.Outcomes.GetValueOrDefault(outcome));
}
