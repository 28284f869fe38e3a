using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Pushing;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.LocalHost;

namespace AffinityDurable.Functions.Tests.Arriving;

/// <summary>A file that is dropped into a watched folder is in the list soon after.</summary>
public sealed class FolderArrivalTests : IDisposable
{
    private readonly string dropped = Directory.CreateTempSubdirectory("affinity-dropped-").FullName;

    [Fact]
    public async Task A_dropped_file_starts_a_run_that_writes_it_once()
    {
        await using var app = await StartAsync();
        app.DefineArrival($"{dropped}/*.csv");

        Drop("march.csv", 1);

        var run = await app.ReportAsync(await app.OnlyRunAsync());
        Assert.Equal((RunTrigger.Arrival, RunOutcome.Succeeded, 3L), (run.Trigger, run.Outcome, run.Writes!.EntriesWritten));
        Assert.Equal(TestApp.Evening.AddSeconds(10), run.StartedAt);
        Assert.Equal([1, 2, 3], app.World.ArrValues);
    }

    [Fact]
    public async Task A_relative_path_is_one_of_the_folder_of_the_definition()
    {
        await using var app = await ArrivingApp.StartAsync(host: options => options.WatchedFolders.Add(new WatchedFolder(Path.Combine(options.StateDirectory, "syncs"), ArrivingApp.Queue)));
        app.DefineArrival("exports/*/metrics.csv");
        Directory.CreateDirectory(Path.Combine(app.Directory, "syncs", "exports", "2026"));
        var rows = "website,arr\ncompany-1.com,7\n";

        await File.WriteAllTextAsync(Path.Combine(app.Directory, "syncs", "exports", "2026", "metrics.csv"), rows);

        await app.OnlyRunAsync();
        Assert.Equal([7, null, null], app.World.ArrValues);
    }

    [Fact]
    public async Task The_data_starts_nothing_before_its_marker_has_arrived()
    {
        await using var app = await StartAsync();
        app.DefineArrival($"{dropped}/*.csv", "marker: _SUCCESS");
        Drop("part-1.csv", 1);
        await ArrivingApp.UntilAsync(() => Task.FromResult(app.LogText().Contains("part-1.csv has arrived", StringComparison.Ordinal)));
        await ArrivingApp.UntilAsync(() => Task.FromResult(app.Host.ReadQueue(ArrivingApp.Queue).Count == 0));
        Assert.Empty(await app.StateAsync("work/"));

        await File.WriteAllTextAsync(Path.Combine(dropped, "_SUCCESS"), "");

        var run = await app.ReportAsync(await app.OnlyRunAsync());
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.Equal([1, 2, 3], app.World.ArrValues);
    }

    [Fact]
    public async Task A_file_that_is_dropped_anew_starts_another_run()
    {
        await using var app = await StartAsync();
        app.DefineArrival($"{dropped}/*.csv", "pick: newest");
        Drop("metrics.csv", 1);
        await app.OnlyRunAsync();

        Drop("metrics.csv", 100);

        await app.RunsEndedAsync(2);
        Assert.Equal([100, 101, 102], app.World.ArrValues);
    }

    public void Dispose() => Directory.Delete(dropped, recursive: true);

    private Task<TestApp> StartAsync() => ArrivingApp.StartAsync(
        host: options => options.WatchedFolders.Add(new WatchedFolder(dropped, ArrivingApp.Queue)),
        settings: new() { ["Sources:AllowedRoots:0"] = dropped });

    private void Drop(string name, int from) =>
        File.WriteAllLines(Path.Combine(dropped, name), ["website,arr", .. Enumerable.Range(1, 3).Select(n => $"company-{n}.com,{from + n - 1}")]);
}
