using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Cli.Tests;

public sealed partial class SimulatorTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("affinity-durable-cli-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task The_simulator_takes_limits_and_faults_and_saves_its_account_when_it_is_stopped()
    {
        await using var cli = CliProcess.Start(
            directory, new Dictionary<string, string>(), "simulator", "--companies", "3", "--fields", "2", "--concurrency", "5", "--retry-after", "--log",
            "--fault", """{"status":503,"pathContains":"/lists"}""", "--fault", """{"deletesEntry":true}""", "--snapshot", "account.json");
        using var client = await ClientAsync(cli);
        var state = await client.GetFromJsonAsync<JsonElement>("_sim/state");
        Assert.Equal((5, true), (state.GetProperty("limits").GetProperty("concurrency").GetInt32(), state.GetProperty("limits").GetProperty("sendsRetryAfter").GetBoolean()));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("v2/lists")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("v2/lists/101/list-entries/9000001")).StatusCode);
        Assert.Equal(2, (await client.GetFromJsonAsync<JsonElement>("_sim/log")).GetProperty("requests").GetArrayLength());

        cli.Interrupt();
        var result = await cli.EndAsync();
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("account.json", result.Output, StringComparison.Ordinal);
        var saved = await SeedFile.LoadAsync(Path.Combine(directory, "account.json"));
        Assert.Equal([9000002L, 9000003L], saved.Lists.Single().Entries.Select(entry => entry.Id));
        Assert.Equal(["account.json"], Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_simulator_can_be_reset_to_how_it_started()
    {
        await using var cli = CliProcess.Start(directory, new Dictionary<string, string>(), "simulator", "--companies", "3", "--fault", """{"deletesEntry":true}""");
        using var client = await ClientAsync(cli);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("v2/lists/101/list-entries/9000001")).StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("_sim/reset", content: null)).StatusCode);
        }
    }

    [Fact]
    public async Task Others_reach_the_simulator_with_the_key_of_the_environment_alone_and_its_control_not_at_all()
    {
        const string key = "a-key-of-a-team-0123456789-0123456789";
        var settings = new Dictionary<string, string> { ["Simulator__ApiKey"] = key };
        await using var cli = CliProcess.Start(directory, settings, "simulator", "--companies", "3", "--listen", "0.0.0.0");
        using var client = await ClientAsync(cli);
        using var guest = new HttpClient { BaseAddress = client.BaseAddress };
        guest.DefaultRequestHeaders.Authorization = new("Bearer", key);
        guest.DefaultRequestHeaders.Host = "simulator.example.com";

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("v2/lists")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("v2/lists")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("_sim/state")).StatusCode);
        Assert.Contains("Warning: it serves made-up data to whoever can reach http://0.0.0.0:", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, cli.Output + cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0", "", "Simulator__ApiKey")]
    [InlineData("0.0.0.0", "simulated-affinity-key", "at least 32 characters")]
    [InlineData("::", "", "Simulator__ApiKey")]
    [InlineData("everywhere", "a-key-of-a-team-0123456789-0123456789", "not an IP address")]
    public async Task Without_a_key_of_its_own_the_simulator_listens_to_this_machine_alone(string listen, string key, string reason)
    {
        var settings = new Dictionary<string, string> { ["Simulator__ApiKey"] = key };

        var result = await CliProcess.RunAsync(directory, settings, "simulator", "--companies", "3", "--listen", listen);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> ClientAsync(CliProcess cli)
    {
        await cli.UntilAsync(() => cli.Output.Contains("Ctrl-C stops.", StringComparison.Ordinal));
        var address = Setting().Match(cli.Output).Groups["url"].Value.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "simulated-affinity-key");
        return client;
    }

    [GeneratedRegex(@"Affinity__BaseAddress=(?<url>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
