using System.Runtime.CompilerServices;

namespace AffinityDurable.Simulator.Tests.OpenApi;

public sealed class DocumentTests
{
    [Fact]
    public async Task The_document_is_the_approved_one()
    {
        await using var sim = await Sim.StartAsync();
        var served = await sim.Client.GetStringAsync("openapi.json");
        var path = Approved();
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            await File.WriteAllTextAsync(path, served);
        }

        Assert.True(
            await File.ReadAllTextAsync(path) == served,
            $"{path} is not what the simulator serves at /openapi.json. Look at the difference; UPDATE_APPROVED=1 with this test takes it over.");
    }

    [Fact]
    public async Task The_document_is_served_to_anybody_and_costs_nothing()
    {
        await using var sim = await Sim.StartAsync();
        using var stranger = sim.ClientFor(null);
        using var response = await stranger.GetAsync("openapi.json");
        var document = (await Answer.OfAsync(response)).Json;
        Assert.Equal("3.1", ((string)document["openapi"]!)[..3]);
        Assert.Equal("2026-09-17", (string)document["info"]!["version"]!);
        Assert.Equal(0, sim.Server.Counters.Total);
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_says_what_it_does()
    {
        await using var sim = await Sim.StartAsync();
        var operations = sim.Document.Root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!).ToList();
        Assert.NotEmpty(operations);
        Assert.Distinct(operations.Select(operation => (string)operation["operationId"]!));
        Assert.All(operations, operation => Assert.NotEmpty((string)operation["summary"]!));
    }

    private static string Approved([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/AffinityDurable.Simulator/openapi.json"));
}
