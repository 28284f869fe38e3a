using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Functions.Tests.Crash;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>Hosts in processes of their own, each with its own history, that share one Blob container and one list.</summary>
public sealed class SharedListTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>, IDisposable
{
    private const int Companies = 200;

    private readonly List<string> directories = [];
    private readonly string stores = BlobContainers.Address(azurite.Port, BlobContainers.Name());

    public void Dispose() => directories.ForEach(directory => Directory.Delete(directory, recursive: true));

    [ServiceFact(Service.Azurite)]
    public async Task Of_two_processes_that_race_for_one_list_exactly_one_runs()
    {
        await using var affinity = await SimulatorServer.StartAsync(new SimulatorOptions { CallsPerMinute = 1_000_000 }, new PortfolioWorld(Companies).Tenant);
        affinity.Faults.Latency = TimeSpan.FromMilliseconds(150);

        await using var one = Start(affinity);
        await using var other = Start(affinity);
        var reports = await Task.WhenAll(EndAsync(one), EndAsync(other));

        var winner = Assert.Single(reports, report => report.Outcome == RunOutcome.Succeeded);
        var loser = Assert.Single(reports, report => report.Outcome != RunOutcome.Succeeded);
        Assert.Equal(Companies, winner.Writes!.EntriesWritten);
        Assert.Equal((RunOutcome.Failed, HostErrors.ListBusy.Id), (loser.Outcome, loser.Error!.Code));
        Assert.Contains(winner.RunId, loser.Error.Message, StringComparison.Ordinal);
        Assert.Equal(Companies, affinity.Counters.AcceptedPatches);
    }

    [ServiceFact(Service.Azurite)]
    public async Task A_list_stays_with_a_run_that_stands_still_on_another_host_and_goes_on_there()
    {
        await using var affinity = await SimulatorServer.StartAsync(new SimulatorOptions { CallsPerMinute = 1_000_000 }, new PortfolioWorld(Companies).Tenant);
        await using (var first = Start(affinity, haltAt: "append journal/000000/000000.jsonl"))
        {
            await first.KillWhenHaltedAsync();
        }

        await using (var second = Start(affinity))
        {
            Assert.Equal(HostErrors.ListBusy.Id, (await EndAsync(second)).Error!.Code);
        }

        await using var again = Start(affinity, directory: directories[0]);
        Assert.Equal(Companies, (await EndAsync(again)).Writes!.EntriesWritten);
        Assert.Equal(Companies, affinity.Counters.AcceptedPatches);
    }

    private HostProcess Start(SimulatorServer affinity, string? haltAt = null, string? directory = null) =>
        HostProcess.Start(directory ?? NewDirectory(), affinity.BaseAddress, affinity.ApiKey, "portfolio", haltAt, stores: stores);

    private string NewDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("affinity-shared-").FullName;
        directories.Add(directory);
        var syncs = Directory.CreateDirectory(Path.Combine(directory, "syncs")).FullName;
        File.WriteAllText(
            Path.Combine(syncs, "portfolio.yaml"),
            """
            sync: portfolio
            list: 77
            source: { type: csv, path: portfolio.csv }
            match: [ { domain: website } ]
            fields: { ARR: arr }
            approval: never
            verify: none
            """);
        File.WriteAllLines(Path.Combine(syncs, "portfolio.csv"), ["website,arr", .. Enumerable.Range(1, Companies).Select(n => $"company-{n}.com,{n}")]);
        return directory;
    }

    private async Task<RunReport> EndAsync(HostProcess process)
    {
        var runId = await process.RunIdAsync();
        Assert.True(await process.EndAsync());
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Stores:BlobUri", (string?)stores)]).Build();
        return await StoreSettings.RunStore(settings).RequireJsonAsync<RunReport>(runId, Artefacts.Report, CancellationToken.None);
    }
}
