using AffinityDurable.LocalHost;

namespace AffinityDurable.Cli.Tests;

public sealed class ServeTests
{
    [Fact]
    public async Task While_a_host_serves_the_directory_runs_go_through_it()
    {
        await using var workplace = await Workplace.CreateAsync(120);
        await using var host = workplace.Start("serve", "--listen", "http://127.0.0.1:0");
        await host.UntilAsync(() => host.Output.Contains("Serving", StringComparison.Ordinal));

        var plan = await workplace.RunAsync("plan", Workplace.Sync);
        Assert.True(plan.ExitCode == ExitCodes.Succeeded, plan.ToString());
        Assert.Contains("Changes: 360 fields of 120 entries", plan.Output, StringComparison.Ordinal);

        workplace.Simulator.Faults.Latency = TimeSpan.FromMilliseconds(30);
        await using var first = workplace.Start("run", Workplace.Sync);
        await first.UntilAsync(() => workplace.Simulator.Counters.AcceptedPatches > 5);
        var second = await workplace.RunAsync("run", Workplace.Sync);
        var run = await first.EndAsync();

        Assert.True(run.ExitCode == ExitCodes.Succeeded, run.ToString());
        Assert.Contains("Written: 360 fields of 120 entries", run.Output, StringComparison.Ordinal);
        Assert.True(second.ExitCode == ExitCodes.Failed, second.ToString());
        Assert.Matches(@"AFF710 Run metrics@adhoc-\S+ holds the list", second.Error);

        var unknown = await workplace.RunAsync("run", "nothing");
        Assert.True(unknown.ExitCode == ExitCodes.Failed, unknown.ToString());
        Assert.Matches("AFF721 .*'nothing'", unknown.Error);

        host.Interrupt();
        var served = await host.EndAsync();
        Assert.True(served.ExitCode == ExitCodes.Succeeded, served.ToString());
    }

    [Fact]
    public async Task A_file_that_is_dropped_into_a_watched_folder_is_in_the_list_soon_after()
    {
        await using var workplace = await Workplace.CreateAsync(3);
        workplace.Write("syncs/metrics.yaml", (await File.ReadAllTextAsync(Path.Combine(workplace.Root, "syncs/metrics.yaml"))).Replace("path: metrics.csv", "path: dropped/*.csv, onArrival: true", StringComparison.Ordinal));
        var folder = Directory.CreateDirectory(Path.Combine(workplace.Root, "syncs", "dropped"));
        workplace.Environment["Arrivals__Folders__0"] = folder.FullName;
        await using var host = workplace.Start("serve", "--listen", "http://127.0.0.1:0");
        await host.UntilAsync(() => host.Output.Contains("Serving", StringComparison.Ordinal));

        File.Move(Path.Combine(workplace.Root, "syncs", "metrics.csv"), Path.Combine(folder.FullName, "march.csv"));

        await host.UntilAsync(() => workplace.Simulator.Counters.AcceptedPatches == 3);
        host.Interrupt();
        Assert.Equal(ExitCodes.Succeeded, (await host.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task A_directory_held_by_a_run_is_named_with_its_holder()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        Directory.CreateDirectory(Path.Combine(workplace.Root, ".affinity-durable"));
        await using var held = new FileStream(Path.Combine(workplace.Root, ".affinity-durable", "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Assert.NotNull(StateDirectoryLock.ReadOwner(Path.Combine(workplace.Root, ".affinity-durable")));

        var run = await workplace.RunAsync("run", Workplace.Sync);

        Assert.True(run.ExitCode == ExitCodes.Failed, run.ToString());
        Assert.Contains("AFF730", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }
}
