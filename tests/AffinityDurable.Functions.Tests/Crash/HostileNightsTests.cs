using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>Everything that can go wrong goes wrong, a twentieth of the time each, and the month's calls run out: the values come right.</summary>
public sealed class HostileNightsTests
{
    private const int Companies = 120;
    private const int CallsPerMonth = 150;
    private const int MostNights = 30;
    private const double Share = 0.05;

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, 1)]
    public async Task Night_after_night_the_values_come_right_whatever_goes_wrong(ulong seed, int? mostRemovedOptions)
    {
        RunningClock? running = null;
        await using var app = await TestApp.StartAsync(
            Companies,
            affinity: settings => settings.Options = settings.Options with { CallsPerMonth = CallsPerMonth, LogsRequests = true },
            host: options => options.ClockJump = new ClockJump(time => running!.JumpTo(time)));
        await using var clock = running = new RunningClock(app.Clock);
        var comments = app.World.List.Text("Comments");
        var options = app.World.Stage.Options.ToDictionary(option => option.Text, option => option.Id);
        app.Define("guards: { maxOverwrittenPercent: 100, maxRejectedPercent: 100 }");
        app.Export(Enumerable.Range(1, Companies).Select(n => $"company-{n}.com,{n},{StageOf(n)},note {n},2026-01-05"));
        foreach (var fault in EveryFault(comments, seed, mostRemovedOptions))
        {
            app.Affinity.Faults.Add(fault);
        }

        var nights = await SyncUntilQuietAsync(app, clock);

        Assert.Contains(nights, MonthIsSpent);
        AssertEverythingHappened(app);
        AssertValues(app, comments, options);
    }

    /// <summary>Runs until a night finds nothing to write; when the month is used up, on to the next.</summary>
    private static async Task<List<RunReport>> SyncUntilQuietAsync(TestApp app, RunningClock clock)
    {
        List<RunReport> nights = [];
        do
        {
            nights.Add(await app.RunAsync());
            Assert.True(nights[^1].Outcome is RunOutcome.Succeeded or RunOutcome.Partial, $"Night {nights.Count}: {nights[^1].Outcome}, {nights[^1].Error}");
            Assert.True(nights.Count < MostNights, string.Join('\n', nights.Select(night => $"{night.Outcome} {night.Error} {night.Writes} {night.Records}")));
            if (MonthIsSpent(nights[^1]))
            {
                clock.JumpTo(app.Clock.GetUtcNow().AddMonths(1));
            }
        }
        while (MonthIsSpent(nights[^1]) || nights[^1].Plan!.ChangedEntries > 0);

        return nights;
    }

    /// <summary>It was before there was a plan, or before all of it was written.</summary>
    private static bool MonthIsSpent(RunReport night) => night.Records is null || night.Records.Deferred > 0;

    private static IEnumerable<Fault> EveryFault(Field comments, ulong seed, int? mostRemovedOptions)
    {
        Fault[] kinds =
        [
            new() { Delay = TimeSpan.FromMilliseconds(10), DelayUpTo = TimeSpan.FromMilliseconds(400) },
            new() { Status = 500 },
            new() { Status = 502 },
            new() { Status = 503 },
            new() { Status = 504 },
            new() { Status = 504, AfterCommit = true },
            new() { CutsConnection = true },
            new() { CutsConnection = true, AfterCommit = true },
            new() { Body = BrokenBody.Truncated },
            new() { Body = BrokenBody.TruncatedChunks },
            new() { Body = BrokenBody.CutJson },
            new() { Body = BrokenBody.MalformedJson },
            new() { Body = BrokenBody.Html },
            new() { ReplacesKey = true },
            new() { Method = "PATCH", EditsValue = true },
            new() { Method = "PATCH", EditsValue = true, EditedField = comments.Id },
            new() { Method = "PATCH", DeletesEntry = true },
            new() { Method = "PATCH", RemovesOption = true },
        ];
        return kinds.Select((fault, index) => fault with
        {
            Probability = Share,
            Seed = seed + ((ulong)index * 1_000),
            Times = fault.RemovesOption ? mostRemovedOptions : null,
        });
    }

    private static void AssertEverythingHappened(TestApp app)
    {
        var kinds = app.Affinity.Faults.Happened.Select(happening => happening.Kind).ToHashSet();
        Assert.Equal(Enum.GetValues<HappeningKind>().ToHashSet(), kinds);
        var statuses = app.Affinity.Log.Requests.Select(request => request.Status).ToHashSet();
        Assert.Superset(new HashSet<int> { 0, 200, 401, 500, 502, 503, 504 }, statuses);
    }

    private static void AssertValues(TestApp app, Field comments, Dictionary<string, long> options)
    {
        var happened = app.Affinity.Faults.Happened;
        var removed = happened.Where(each => each.Kind == HappeningKind.OptionRemoved).Select(each => each.OptionId!.Value).ToHashSet();
        var deleted = happened.Where(each => each.Kind == HappeningKind.EntryDeleted).Select(each => each.ListEntryId).ToHashSet();
        foreach (var (index, entry) in app.World.Entries.Index().Where(each => !deleted.Contains(each.Item.Id)))
        {
            var n = index + 1;
            Assert.Equal((double)n, entry.Get(app.World.Arr));
            Assert.Equal($"note {n}", entry.Get(app.World.Notes));
            Assert.Equal(LastEdit(comments), entry.Get(comments));
            var stage = entry.Get(app.World.Stage);
            if (removed.Contains(options[StageOf(n)]))
            {
                // What the source says cannot be written any more: what a person entered stays, all else is gone with the option.
                Assert.Contains(stage, new[] { null, LastEdit(app.World.Stage) });
            }
            else
            {
                Assert.Equal(StageOf(n), stage);
            }

            object? LastEdit(Field field) => happened.LastOrDefault(each => each.ListEntryId == entry.Id && each.FieldId == field.Id)?.After;
        }
    }

    private static string StageOf(int n) => n % 2 == 0 ? "Seed" : "Series B";
}
