using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>How many entries a plan takes in, and how it is cut into batches.</summary>
public sealed class PlannedScopeTests
{
    [Theory]
    [InlineData(0, 0, new[] { 50, 10 })]
    [InlineData(5, 1, new[] { 5, 50, 5 })]
    [InlineData(50, 1, new[] { 50, 10 })]
    [InlineData(55, 2, new[] { 50, 5, 5 })]
    [InlineData(60, 2, new[] { 50, 10 })]
    [InlineData(100, 2, new[] { 50, 10 })]
    public async Task The_first_changes_are_a_canary_in_batches_of_their_own(int canary, int canaryBatches, int[] sizes)
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        app.Define($"canary: {canary}");
        app.ExportAll(n => n);

        var report = await app.RunAsync(RunMode.Plan);

        Assert.Equal((canaryBatches, sizes.Length), (report.Plan!.CanaryBatches, report.Plan.Batches));
        Assert.Equal(sizes, await SizesAsync(app, report.RunId, sizes.Length));
    }

    [Fact]
    public async Task The_canary_that_was_asked_for_goes_before_the_definition()
    {
        await using var app = await TestApp.StartAsync(companies: 10);
        app.Define("canary: 2");
        app.ExportAll(n => n);

        var report = await app.RunAsync(RunMode.Plan, ask: request => request with { Canary = 3 });

        Assert.Equal([3, 7], await SizesAsync(app, report.RunId, report.Plan!.Batches));
    }

    [Fact]
    public async Task A_limited_run_changes_the_first_entries_only_and_leaves_the_others_out()
    {
        await using var app = await TestApp.StartAsync(companies: 10);
        app.World.Entries[0].Set(app.World.Arr, 1d);
        app.World.Entries[9].Set(app.World.Arr, 10d);
        app.Define(fields: "  ARR: arr");
        app.Export(Enumerable.Range(1, 10).Select(n => $"company-{n}.com,{n},,,"));

        var report = await app.RunAsync(ask: request => request with { Limit = 3 });

        Assert.Equal([1d, 2d, 3d, 4d, null, null, null, null, null, 10d], app.World.ArrValues);
        Assert.Equal(3, app.Affinity.Counters.PatchCalls);
        Assert.Equal((3L, 2L, 5L, 10L), (report.Records!.Applied, report.Records.Unchanged, report.Records.OutOfScope, report.Records.Read));
        Assert.Equal(3, report.Plan!.Fields.Single().Filled);
    }

    [Fact]
    public async Task A_limited_run_says_nothing_of_values_in_entries_that_it_leaves_out()
    {
        await using var app = await TestApp.StartAsync(companies: 4);
        app.Define("tolerate: { rejects: 1 }", fields: "  ARR: arr\n  Stage: stage");
        app.Export(["company-1.com,1,Seed,,", "company-2.com,2,Series Q,,", "company-3.com,,Series Q,,"]);

        var report = await app.RunAsync(RunMode.Plan, ask: request => request with { Limit = 1 });

        Assert.Equal((1L, 1L, 1L), (report.Records!.Deferred, report.Records.OutOfScope, report.Records.Rejected));
        Assert.Equal(1, report.RejectsByCode.Values.Sum());
    }

    private static async Task<IReadOnlyList<int>> SizesAsync(TestApp app, string runId, int batches)
    {
        var sizes = new List<int>();
        for (var batch = 0; batch < batches; batch++)
        {
            sizes.Add(await app.Store.ReadLinesAsync<EntryChange>(runId, Artefacts.Batch(batch)).CountAsync());
        }

        return sizes;
    }
}
