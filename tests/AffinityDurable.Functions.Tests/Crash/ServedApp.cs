using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AffinityDurable.Simulator;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>A process that serves, and what is asked of it over HTTP.</summary>
internal sealed class ServedApp : IAsyncDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly HttpClient http;
    private volatile bool isGone;

    private ServedApp(HostProcess process, Uri address)
    {
        Process = process;
        http = new HttpClient { BaseAddress = address };
    }

    public HostProcess Process { get; }

    public static async Task<ServedApp> StartAsync(string directory, SimulatorServer affinity)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Webhooks__Affinity__Token"] = Token, ["Webhooks__Affinity__Debounce"] = "00:00:01" };
        var process = HostProcess.Serve(directory, affinity.BaseAddress, affinity.ApiKey, settings);
        return new ServedApp(process, await process.AddressAsync());
    }

    public async Task StartRunAsync() => (await http.PostAsync(new Uri("/api/syncs/portfolio/runs", UriKind.Relative), null)).EnsureSuccessStatusCode();

    /// <summary>Delivers so many of the new entries that wait, or until the process is gone; as with Affinity, what was not answered with success goes on waiting.</summary>
    public async Task DeliverAsync(ConcurrentQueue<long> waiting, int count)
    {
        for (var delivered = 0; delivered < count && !waiting.IsEmpty && !isGone;)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DeliverNextAsync(waiting)));
            delivered += answers.Count(isTaken => isTaken);
        }
    }

    /// <summary>Waits until nothing is pending and nothing taken.</summary>
    public async Task DoneAsync()
    {
        var limit = DateTime.UtcNow.AddSeconds(90);
        while (await IsAtWorkAsync())
        {
            Assert.True(DateTime.UtcNow < limit, await http.GetStringAsync(new Uri("/api/work", UriKind.Relative)));
            await Task.Delay(100);
        }
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return Process.DisposeAsync();
    }

    private async Task<bool> DeliverNextAsync(ConcurrentQueue<long> waiting)
    {
        if (!waiting.TryDequeue(out var entryId))
        {
            return false;
        }

        var body = JsonSerializer.Serialize(new { type = "list_entry.created", body = new { id = entryId, list_id = 77 }, sent_at = DateTimeOffset.UtcNow.ToUnixTimeSeconds() });
        var isTaken = await PostAsync(body);
        if (!isTaken)
        {
            waiting.Enqueue(entryId);
        }

        return isTaken;
    }

    private async Task<bool> PostAsync(string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            return (await http.PostAsync(new Uri($"/api/webhooks/affinity/{Token}", UriKind.Relative), content)).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            isGone = true;
            return false;
        }
    }

    private async Task<bool> IsAtWorkAsync()
    {
        var work = await http.GetFromJsonAsync<JsonElement>("/api/work");
        Assert.Equal(0, work.GetProperty("givenUpItems").GetInt32());
        return work.GetProperty("pending").GetArrayLength() + work.GetProperty("taken").GetArrayLength() > 0;
    }
}
