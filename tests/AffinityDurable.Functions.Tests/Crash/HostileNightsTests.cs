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
    private const int CallsPerMonth = 400;
    private const int MostNights = 30;
    private const double Share = 0.05;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Night_after_night_the_values_come_right_whatever_goes_wrong(ulong seed)
    {
        RunningClock? running = null;
        await using var app = await TestApp.StartAsync(
            Companies,
            affinity: settings => settings.Options = settings.Options with { CallsPerMonth = CallsPerMonth, LogsRequests = true },
            host: options => options.ClockJump = new ClockJump(time => running!.JumpTo(time)));
        await using var clock = running = new RunningClock(app.Clock);
        var comments = app.World.List.Text("Comments");
        var seedOption = app.World.Stage.FindOption("Seed")!.Id;
        app.Define("guards: { maxOverwrittenPercent: 100 }");
        app.ExportAll(n => n);
        foreach (var fault in EveryFault(comments, seed))
        {
            app.Affinity.Faults.Add(fault);
        }

        var nights = await SyncUntilQuietAsync(app, clock);

        Assert.Contains(nights, night => night.Records!.Deferred > 0);
        AssertEverythingHappened(app);
        AssertValues(app, comments, seedOption);
    }

    /// <summary>Runs until a night finds nothing to write; when the month is used up, on to the next.</summary>
    private static async Task<List<RunReport>> SyncUntilQuietAsync(TestApp app, RunningClock clock)
    {
        List<RunReport> nights = [];
        do
        {
            nights.Add(await app.RunAsync());
            Assert.True(nights[^1].Outcome is RunOutcome.Succeeded or RunOutcome.Partial, $"Night {nights.Count}: {nights[^1].Outcome}, {nights[^1].Error}");
            Assert.True(nights.Count < MostNights, string.Join('\n', nights.Select(night => $"{night.Outcome} {night.Writes} {night.Records}")));
            if (nights[^1].Records!.Deferred > 0)
            {
                clock.JumpTo(app.Clock.GetUtcNow().AddMonths(1));
            }
        }
        while (nights[^1].Records is not { Deferred: 0, Applied: 0, Drifted: 0 } || nights[^1].Writes is { FieldsWritten: > 0 });

        return nights;
    }

    private static IEnumerable<Fault> EveryFault(Field comments, ulong seed)
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
            new() { Method = "PATCH", DeletesEntry = true, Times = 4 },
            new() { Method = "PATCH", RemovesOption = true, Times = 1 },
        ];
        return kinds.Select((fault, index) => fault with
        {
            Probability = Share, Seed = seed + ((ulong)index * 1_000), Times = fault.Method == "PATCH" && (fault.DeletesEntry || fault.RemovesOption) ? fault.Times : null,
        });
    }

    private static void AssertEverythingHappened(TestApp app)
    {
        var kinds = app.Affinity.Faults.Happened.Select(happening => happening.Kind).ToHashSet();
        Assert.Equal(Enum.GetValues<HappeningKind>().ToHashSet(), kinds);
        var statuses = app.Affinity.Log.Requests.Select(request => request.Status).ToHashSet();
        Assert.Superset(new HashSet<int> { 0, 200, 401, 500, 502, 503, 504 }, statuses);
    }

    private static void AssertValues(TestApp app, Field comments, long seedOption)
    {
        var keepsSeed = !app.Affinity.Faults.Happened.Any(happening => happening.Kind == HappeningKind.OptionRemoved && happening.OptionId == seedOption);
        var deleted = app.Affinity.Faults.Happened.Where(happening => happening.Kind == HappeningKind.EntryDeleted).Select(happening => happening.ListEntryId).ToHashSet();
        var commented = app.Affinity.Faults.Happened.Where(happening => happening.FieldId == comments.Id)
            .GroupBy(happening => happening.ListEntryId!.Value).ToDictionary(edits => edits.Key, edits => edits.Last().After);
        foreach (var (n, entry) in app.World.Entries.Index().Where(each => !deleted.Contains(each.Item.Id)))
        {
            Assert.Equal((double)(n + 1), entry.Get(app.World.Arr));
            Assert.Equal($"note {n + 1}", entry.Get(app.World.Notes));
            Assert.Equal(keepsSeed ? "Seed" : null, entry.Get(app.World.Stage));
            Assert.Equal(commented.GetValueOrDefault(entry.Id), entry.Get(comments));
        }
    }
}
