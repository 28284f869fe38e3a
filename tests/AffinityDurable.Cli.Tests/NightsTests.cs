using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Scheduling;

namespace AffinityDurable.Cli.Tests;

public sealed class NightsTests
{
    [Fact]
    public async Task Nights_are_listed_with_what_became_of_their_runs()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        var directory = Path.Combine(workplace.Root, ".affinity-durable");
        var store = new FileRunStore(directory, TimeProvider.System);
        var nights = new NightBook(new FileSyncState(directory), store, TimeProvider.System);
        var started = new DateTimeOffset(2026, 3, 3, 2, 0, 0, TimeSpan.Zero);

        var none = await workplace.RunAsync("nights");
        await store.WriteJsonAsync("metrics@20260303T0200Z", Artefacts.Report, Report(started), CancellationToken.None);
        await nights.AddAsync(started, [new NightRun("metrics", "metrics@20260303T0200Z"), new NightRun("other", "other@20260303T0200Z")], CancellationToken.None);
        var listed = await workplace.RunAsync("nights");

        Assert.True(none.ExitCode == ExitCodes.Succeeded, none.ToString());
        Assert.Contains("no scheduled run has come due", none.Output, StringComparison.Ordinal);
        Assert.True(listed.ExitCode == ExitCodes.Succeeded, listed.ToString());
        Assert.Matches(@"2026-03-03 +2 +1 +0 +0 +0 +0 +0 +0 +1 +12 +00:00:00", listed.Output);
    }

    private static RunReport Report(DateTimeOffset at) => new()
    {
        RunId = "metrics@20260303T0200Z",
        Sync = Workplace.Sync,
        Mode = RunMode.Apply,
        Trigger = RunTrigger.Schedule,
        Outcome = RunOutcome.Succeeded,
        StartedAt = at,
        EndedAt = at,
        Calls = new CallFigures(7, 5),
    };
}
