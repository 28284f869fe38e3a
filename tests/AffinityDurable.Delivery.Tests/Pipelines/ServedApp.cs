using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>An app of a test environment, as it is reached over HTTP: a simulated Affinity, and the program that serves the API.</summary>
public sealed class ServedApp : IAsyncLifetime, IDisposable
{
    /// <summary>Of an operator, as `keys new` makes them.</summary>
    public static readonly string Key = "adk" + "_pipelinepipelinepipelinepipelinepipelinepipe";

    private readonly Folder folder = new();
    private readonly string affinity = $"http://127.0.0.1:{FreePort.Find()}";
    private CommandLineProgram? simulator;
    private CommandLineProgram? app;

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Find()}";

    /// <summary>When the sync <c>soon</c> is due.</summary>
    public DateTimeOffset Soon { get; } = DateTimeOffset.UtcNow.AddMinutes(10);

    public HttpClient Client { get; } = new();

    /// <summary>For scripts that are called with <c>--url</c>.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["AFFINITYDURABLE_API_KEY"] = Key };

    /// <summary>Those of the app.</summary>
    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["Affinity__BaseAddress"] = affinity,
        ["Affinity__ApiKey"] = "simulated-affinity-key",
        ["Environment__Name"] = "dev",
        ["Access__TrustLoopback"] = "false",
        ["Access__Keys__pipeline__Hash"] = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key))),
        ["Access__Keys__pipeline__Role"] = "operator",
    };

    internal Folder Folder => folder;

    public async Task InitializeAsync()
    {
        folder.Write("syncs/smoke.yaml", Repository.Text("eng/pipelines/smoke/smoke.yaml"));
        folder.Write("syncs/overlays/dev.yaml", Repository.Text("eng/pipelines/smoke/overlays/dev.yaml"));
        folder.Write("syncs/soon.yaml", Definition("soon", "Headcount", $"schedule: {{ cron: \"{Soon.ToString("%m %H", CultureInfo.InvariantCulture)} * * *\", timeZone: UTC }}"));
        folder.Write("syncs/approved.yaml", Definition("approved", "Burn", "approval: always"));
        simulator = new(new Dictionary<string, string>(), "simulator", "--demo", "--port", new Uri(affinity).Port.ToString(CultureInfo.InvariantCulture));
        await simulator.UntilAsync("Ctrl-C stops.");
        app = new(Settings, "serve", "--listen", Url, "--definitions", folder.At("syncs"), "--state", folder.At("state"));
        await app.UntilAsync("Ctrl-C stops.");
        Client.BaseAddress = new Uri(Url);
        Client.DefaultRequestHeaders.Add("X-Api-Key", Key);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        app?.Dispose();
        simulator?.Dispose();
        Client.Dispose();
        folder.Dispose();
    }

    /// <summary>How long the simulated Affinity takes to answer each call.</summary>
    public async Task SlowDownAsync(int milliseconds)
    {
        using var client = new HttpClient();
        using var answer = await client.PatchAsJsonAsync($"{affinity}/_sim/faults", new { latencyMilliseconds = milliseconds });
        answer.EnsureSuccessStatusCode();
    }

    public async Task<string> PushAsync(string sync, string column, string cell)
    {
        using var pushed = await Client.PostAsJsonAsync($"api/syncs/{sync}/rows", new[] { new Dictionary<string, string> { ["website"] = "acornai.com", [column] = cell } });
        pushed.EnsureSuccessStatusCode();
        return await StartAsync(sync);
    }

    public async Task<string> StartAsync(string sync)
    {
        using var started = await Client.PostAsJsonAsync($"api/syncs/{sync}/runs", new { });
        started.EnsureSuccessStatusCode();
        return (string)(await started.Content.ReadFromJsonAsync<JsonNode>())!["runId"]!;
    }

    /// <summary>Waits until a run stands where it should.</summary>
    public async Task UntilAsync(string run, Func<JsonNode, bool> stands)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!stands((await Client.GetFromJsonAsync<JsonNode>($"api/runs/{Uri.EscapeDataString(run)}", patience.Token))!))
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private static string Definition(string sync, string field, string more) => $$"""
        sync: {{sync}}
        list: 77
        source: { type: push, columns: [website, cell], start: scheduled }
        match: [{ domain: website }]
        fields: { {{field}}: cell }
        {{more}}

        """;
}
