using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Sources.Tests;

namespace AffinityDurable.Functions.Tests.Mutation;

/// <summary>However damaged an export is: no run crashes, and every record of it ends up in exactly one place.</summary>
public sealed class MutationTests
{
    private const int Files = 10_000;
    private const int Lanes = 2;
    private const int BatchSize = 250;
    private const int WholeRuns = 100;

    [Fact]
    public async Task Every_record_of_ten_thousand_damaged_exports_has_one_fate()
    {
        await using var app = await StartAsync();
        app.Export(["company-1.com,1,Seed,plain,2026-01-02"]);
        var prepared = await app.RunAsync(RunMode.Plan);

        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => RunLaneAsync(app, prepared.RunId, lane))));

        // The test proves something only if every fate is frequent.
        var all = lanes.Aggregate((a, b) => a.Plus(b));
        Assert.Equal(Files, all.Files);
        Assert.True(all is { Refused: > 200, Malformed: > 2000, Unmatched: > 10_000, Rejected: > 10_000, Unchanged: > 10_000, Deferred: > 30_000 }, all.ToString());
    }

    [Fact]
    public async Task Every_record_of_a_hundred_damaged_exports_is_applied_or_has_a_reason_not_to_be()
    {
        await using var app = await StartAsync();
        var all = new Fates();
        for (var number = Files; number < Files + WholeRuns; number++)
        {
            var file = MutatedExport.Of(number);
            await File.WriteAllBytesAsync(Path.Combine(app.Directory, "syncs", "portfolio.csv"), file);

            var report = await app.RunAsync();

            if (report.Outcome == RunOutcome.Failed)
            {
                all.AddRefusal(report.Error!.Code, file, Context(number, file));
            }
            else
            {
                all.Add(report, file, Context(number, file));
            }
        }

        Assert.True(all is { Files: WholeRuns, Deferred: 0, Applied: > 300, Rejected: > 50, Malformed: > 20 }, all.ToString());
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(companies: MutatedExport.Companies);
        app.World.List.AddEntry(app.World.Tenant.AddCompany("Twin", "company-5.com"));
        for (var n = MutatedExport.Companies - MutatedExport.Settled + 1; n <= MutatedExport.Companies; n++)
        {
            app.World.Entries[n - 1].Set(app.World.Arr, (double)n).Set(app.World.Stage, "Seed").Set(app.World.Notes, "plain");
        }

        app.Define("guards: { maxOverwrittenPercent: 100, minRows: 0 }");
        return app;
    }

    private static async Task<Fates> RunLaneAsync(TestApp app, string prepared, int lane)
    {
        var steps = await StepsOfARun.PrepareAsync(app, prepared);
        var fates = new Fates();
        foreach (var batch in Enumerable.Range(lane * Files / Lanes, Files / Lanes).Chunk(BatchSize))
        {
            using var folder = TempFolder.ForManyFiles();
            using var exports = new ScannedExports(folder.Path, batch);
            foreach (var number in batch)
            {
                await RunAsync(steps, exports, number, fates);
            }
        }

        return fates;
    }

    private static async Task RunAsync(StepsOfARun steps, ScannedExports exports, int number, Fates fates)
    {
        var file = MutatedExport.Of(number);
        try
        {
            fates.Add(await steps.RunAsync(exports, number), file, Context(number, file));
        }
        catch (ProblemException refusal)
        {
            fates.AddRefusal(refusal.Problems[0].Code, file, Context(number, file));
        }
    }

    private static string Context(int number, byte[] file) => $"File {number}, {Convert.ToBase64String(file)}";
}
