using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AffinityDurable.Bench.Peers;

/// <summary>
/// The obvious alternative, without a line of the product: reads the list to learn the entry ids, then PATCHes every row that matches,
/// six requests in flight; on a 429 the lane waits for the seconds of the reset header and repeats.
/// </summary>
internal sealed class PlainLoop : IDisposable
{
    private const int InFlight = 6;

    private readonly HttpClient http;
    private readonly long listId;

    public PlainLoop(Uri affinity, string apiKey, long listId)
    {
        this.listId = listId;
        http = new HttpClient { BaseAddress = affinity };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        http.DefaultRequestHeaders.Add("X-Affinity-Api-Version", "2026-09-17");
    }

    /// <summary>Writes every row of the export that has an entry.</summary>
    public async Task<TimeSpan> RunAsync(string csv, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var fields = await FieldIdsAsync(cancellationToken);
        var stages = await StageIdsAsync(fields["Stage"], cancellationToken);
        var entries = await EntryIdsAsync(cancellationToken);
        await Parallel.ForEachAsync(
            File.ReadLines(csv).Skip(1).Select(line => line.Split(',')).Where(cells => entries.ContainsKey(cells[0])),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
            async (cells, token) => await PatchAsync(entries[cells[0]], Updates(cells, fields, stages), token));
        return Stopwatch.GetElapsedTime(started);
    }

    public void Dispose() => http.Dispose();

    private static object Updates(string[] cells, Dictionary<string, string> fields, Dictionary<string, long> stages) => new
    {
        operation = "update-fields",
        updates = new object[]
        {
            new { id = fields["ARR"], value = Number(cells[2]) },
            new { id = fields["Burn"], value = Number(cells[3]) },
            new { id = fields["Headcount"], value = Number(cells[4]) },
            new { id = fields["Stage"], value = new { type = "dropdown", data = new { dropdownOptionId = stages[cells[5]] } } },
            new { id = fields["Notes"], value = new { type = "text", data = cells[6] } },
            new { id = fields["Valued"], value = new { type = "datetime", data = cells[7] + "T12:00:00Z" } },
        },
    };

    private static object Number(string cell) => new { type = "number", data = double.Parse(cell, CultureInfo.InvariantCulture) };

    private async Task<Dictionary<string, string>> FieldIdsAsync(CancellationToken cancellationToken)
    {
        var page = await GetAsync($"v2/lists/{listId}/fields?limit=100", cancellationToken);
        return page.GetProperty("data").EnumerateArray().DistinctBy(Name).ToDictionary(Name, field => field.GetProperty("id").GetString()!);

        static string Name(JsonElement field) => field.GetProperty("name").GetString()!;
    }

    private async Task<Dictionary<string, long>> StageIdsAsync(string fieldId, CancellationToken cancellationToken)
    {
        var page = await GetAsync($"v2/lists/{listId}/fields/{fieldId}/dropdown-options?limit=100", cancellationToken);
        return page.GetProperty("data").EnumerateArray().ToDictionary(option => option.GetProperty("text").GetString()!, option => option.GetProperty("id").GetInt64());
    }

    private async Task<Dictionary<string, long>> EntryIdsAsync(CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        for (var next = $"v2/lists/{listId}/list-entries?limit=100"; next is not null;)
        {
            var page = await GetAsync(next, cancellationToken);
            foreach (var entry in page.GetProperty("data").EnumerateArray())
            {
                ids[entry.GetProperty("entity").GetProperty("domain").GetString()!] = entry.GetProperty("id").GetInt64();
            }

            next = page.GetProperty("pagination").GetProperty("nextUrl").GetString();
        }

        return ids;
    }

    private async Task<JsonElement> GetAsync(string uri, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => http.GetAsync(new Uri(uri, UriKind.RelativeOrAbsolute), cancellationToken), cancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private async Task PatchAsync(long entryId, object body, CancellationToken cancellationToken)
    {
        var uri = new Uri($"v2/lists/{listId}/list-entries/{entryId}/fields", UriKind.Relative);
        using var response = await SendAsync(() => http.PatchAsJsonAsync(uri, body, cancellationToken), cancellationToken);
    }

    private static async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await send();
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return response.EnsureSuccessStatusCode();
            }

            var seconds = double.Parse(response.Headers.GetValues("x-ratelimit-limit-user-reset").Single(), CultureInfo.InvariantCulture);
            response.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        }
    }
}
