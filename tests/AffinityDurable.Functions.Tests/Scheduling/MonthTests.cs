using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Tests.Scheduling;

/// <summary>A host that is left alone for a month, with a tick every five minutes. The clocks change in it.</summary>
public sealed class MonthTests
{
    private const int Nights = 31;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task A_month_of_nights_runs_each_occurrence_once_and_leaves_nothing_behind_but_its_runs()
    {
        await using var app = await StartAsync();
        app.Define("schedule: { cron: \"0 2 * * *\", timeZone: Europe/London }");
        app.ExportAll(n => n);

        var atTheStart = await AfterNightAsync(app, 3);
        var inTheMiddle = await AfterNightAsync(app, 17);
        var atTheEnd = await AfterNightAsync(app, Nights);

        Assert.Equal(Enumerable.Range(1, Nights).Select(RunOf), await app.Store.RunsAsync(CancellationToken.None).Order(StringComparer.Ordinal).ToListAsync());
        Assert.All(await OutcomesAsync(app), outcome => Assert.Equal(RunOutcome.Succeeded, outcome));
        Assert.InRange(atTheEnd.MemoryBytes - inTheMiddle.MemoryBytes, long.MinValue, 6 << 20);
        Assert.Equal(atTheStart.StateFiles, atTheEnd.StateFiles);

        // Both spans have fourteen nights.
        var (first, second) = (inTheMiddle.HistoryBytes - atTheStart.HistoryBytes, atTheEnd.HistoryBytes - inTheMiddle.HistoryBytes);
        Assert.InRange(second, 0, (first * 3 / 2) + (256 << 10));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        companies: 10,
        host: options =>
        {
            options.EnableTimers = true;
            options.ReplayEveryTurn = false;
            options.ClockJump = options.ClockJump! with { TimerTriggersUntil = EndOf(Nights).AddHours(1) };
        },

        // What the test keeps of the log would look like a leak.
        services: services => services.AddLogging(logging => logging.ClearProviders()));

    private static async Task<Measured> AfterNightAsync(TestApp app, int night)
    {
        var limit = DateTime.UtcNow + Patience;
        while (app.Clock.GetUtcNow() < EndOf(night))
        {
            Assert.True(DateTime.UtcNow < limit, $"The clock stands at {app.Clock.GetUtcNow():u}.");
            await Task.Delay(20);
        }

        return new Measured(await QuietMemoryAsync(), StateFiles(app), new FileInfo(Path.Combine(app.Directory, "history.db")).Length);
    }

    /// <summary>The least of some looks: nights go on meanwhile, and what is under way is no leak.</summary>
    private static async Task<long> QuietMemoryAsync()
    {
        var least = long.MaxValue;
        for (var look = 0; look < 5; look++)
        {
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: true));
            await Task.Delay(20);
        }

        return least;
    }

    private static async Task<List<RunOutcome>> OutcomesAsync(TestApp app)
    {
        var outcomes = new List<RunOutcome>();
        foreach (var night in Enumerable.Range(1, Nights))
        {
            outcomes.Add((await app.ReportAsync(RunOf(night))).Outcome);
        }

        return outcomes;
    }

    /// <summary>Documents of the state. Those of single nights are kept as the runs are, and of locks there is a fixed number.</summary>
    private static List<string> StateFiles(TestApp app)
    {
        var state = Path.Combine(app.Directory, "state");
        return
        [
            .. Directory.EnumerateFiles(state, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(state, file))
                .Where(file => !file.StartsWith("nights", StringComparison.Ordinal) && !file.StartsWith(".locks", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static DateTimeOffset EndOf(int night) => TestApp.Evening.AddDays(night);

    /// <summary>Two o'clock in London is one o'clock in UTC from 29 March on.</summary>
    private static string RunOf(int night)
    {
        var day = TestApp.Evening.Date.AddDays(night);
        var hour = day < new DateTime(2026, 3, 29, 0, 0, 0, DateTimeKind.Unspecified) ? 2 : 1;
        return FormattableString.Invariant($"portfolio@{day:yyyyMMdd}T0{hour}00Z");
    }

    private sealed record Measured(long MemoryBytes, List<string> StateFiles, long HistoryBytes);
}
