using System.Text.RegularExpressions;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Cli.Tests;

/// <summary>The command line where runs and state are kept in a Blob container: what a runner that is thrown away needs.</summary>
public sealed class BlobStoreTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    [ServiceFact(Service.Azurite)]
    public async Task A_run_can_be_looked_at_and_undone_from_a_fresh_directory()
    {
        await using var workplace = await WorkplaceAsync();
        var run = await workplace.RunAsync("run", Workplace.Sync);
        var id = Regex.Match(run.Output, @"metrics@adhoc-[0-9a-f-]{36}").Value;
        Assert.True(run.ExitCode == ExitCodes.Succeeded, run.ToString());
        ThrowAway(workplace);

        var listed = await workplace.RunAsync("runs");
        var shown = await workplace.RunAsync("runs", id);
        var printed = await workplace.RunAsync("runs", id, "--print", "before.csv");
        var diff = await workplace.RunAsync("diff", id);
        var explained = await workplace.RunAsync("explain", Workplace.Sync, "--domain", "company1.com", "--field", "ARR");
        var undone = await workplace.RunAsync("undo", id, "--by", "Ada");
        ThrowAway(workplace);
        var held = await workplace.RunAsync("run", Workplace.Sync);

        Assert.Matches($"{id} +metrics +Apply +Succeeded", listed.Output);
        Assert.Contains("Written: 15 fields of 5 entries", shown.Output, StringComparison.Ordinal);
        Assert.Contains("ARR", printed.Output, StringComparison.Ordinal);
        Assert.Contains("Company 1", diff.Output, StringComparison.Ordinal);
        Assert.True(explained.ExitCode == ExitCodes.Succeeded, explained.ToString());
        Assert.Contains(id, explained.Output, StringComparison.Ordinal);
        Assert.True(undone.ExitCode == ExitCodes.Succeeded, undone.ToString());
        Assert.Contains("Written: 15 fields of 5 entries", undone.Output, StringComparison.Ordinal);
        Assert.Matches("AFF623 Sync 'metrics' is held", held.Output);
        Assert.All(workplace.Entries, entry => Assert.Equal(2, entry.AcceptedPatches));
    }

    [ServiceFact(Service.Azurite)]
    public async Task A_plan_waits_in_the_container_and_a_sync_is_held_and_released_there()
    {
        await using var workplace = await WorkplaceAsync();
        var hold = await workplace.RunAsync("hold", Workplace.Sync, "--reason", "audit", "--by", "Ada");
        ThrowAway(workplace);

        var stays = await workplace.RunAsync("release", Workplace.Sync);
        var released = await workplace.RunAsync("release", Workplace.Sync, "--yes");
        var plan = await workplace.RunAsync("plan", Workplace.Sync);
        ThrowAway(workplace);
        var applied = await workplace.RunAsync("apply", Regex.Match(plan.Output, @"plan (metrics@adhoc-[0-9a-f-]{36})").Groups[1].Value);

        Assert.True(hold.ExitCode == ExitCodes.Succeeded, hold.ToString());
        Assert.True(stays.ExitCode == ExitCodes.Blocked, stays.ToString());
        Assert.True(released.ExitCode == ExitCodes.Succeeded, released.ToString());
        Assert.True(applied.ExitCode == ExitCodes.Succeeded, applied.ToString());
        Assert.Equal(5, workplace.Simulator.Counters.AcceptedPatches);
    }

    [Fact]
    public async Task A_connection_string_of_an_account_is_refused_before_anything_starts()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        workplace.Environment["Stores__BlobUri"] = "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2FuYXJpZQ==;EndpointSuffix=core.windows.net";

        var run = await workplace.RunAsync("run", Workplace.Sync);

        Assert.True(run.ExitCode == ExitCodes.Failed, run.ToString());
        Assert.Contains("AFF782", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a2Fu", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.Total);
    }

    private static void ThrowAway(Workplace workplace) => Directory.Delete(Path.Combine(workplace.Root, ".affinity-durable"), recursive: true);

    private async Task<Workplace> WorkplaceAsync()
    {
        var workplace = await Workplace.CreateAsync(5);
        workplace.Environment["Stores__BlobUri"] = $"http://127.0.0.1:{azurite.Port}/devstoreaccount1/test-{Guid.NewGuid():N}";
        return workplace;
    }
}
