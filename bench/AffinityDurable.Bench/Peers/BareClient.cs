using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AffinityDurable.Bench.Peers;

/// <summary>Sends what it is told over a few connections, with as little work of its own as HttpClient allows.</summary>
internal sealed class BareClient : IDisposable
{
    private const int Connections = 16;

    private readonly HttpClient http;

    public BareClient(Uri address, string apiKey)
    {
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseCookies = false, UseProxy = false })
        {
            BaseAddress = address,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
    }

    /// <summary>The first list of the account, with the entries and the fields that a client writes.</summary>
    public async Task<ListDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var id = (await GetAsync("v2/lists", cancellationToken)).GetProperty("data")[0].GetProperty("id").GetInt64();
        var fields = (await GetAsync($"v2/lists/{id}/fields", cancellationToken)).GetProperty("data").EnumerateArray()
            .Select(field => new FieldDescription(field.GetProperty("id").GetString()!, field.GetProperty("valueType").GetString()!)).ToList();
        var entries = new List<long>();
        for (var next = $"v2/lists/{id}/list-entries"; next is not null;)
        {
            var page = await GetAsync(next, cancellationToken);
            entries.AddRange(page.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("id").GetInt64()));
            next = page.GetProperty("pagination").GetProperty("nextUrl").GetString();
        }

        return new ListDescription(id, entries, fields);
    }

    /// <summary>PATCHes the first entries of the list, one call each, all with other values than before.</summary>
    public Task PatchAllAsync(ListDescription list, int fields, int count, CancellationToken cancellationToken)
    {
        var chosen = list.Fields.Where(field => field.ValueType is "number" or "text" or "datetime").Take(fields).ToList();
        var round = Stopwatch.GetTimestamp() % 1_000;
        return Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken },
            async (n, token) => await PatchAsync(list.Id, list.Entries[n % list.Entries.Count], Body(chosen, n + round), token));
    }

    /// <summary>Reads the whole list, page after page, and times each.</summary>
    public async Task<IReadOnlyList<TimeSpan>> ReadPagesAsync(ListDescription list, int fields, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        var next = $"v2/lists/{list.Id}/list-entries?limit=100&{string.Join('&', list.Fields.Take(fields).Select(field => $"fieldIds={field.Id}"))}";
        while (next is not null)
        {
            var started = Stopwatch.GetTimestamp();
            var bytes = await http.GetByteArrayAsync(new Uri(next, UriKind.RelativeOrAbsolute), cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started));
            using var page = JsonDocument.Parse(bytes);
            next = page.RootElement.GetProperty("pagination").GetProperty("nextUrl").GetString();
        }

        return times;
    }

    public void Dispose() => http.Dispose();

    private static byte[] Body(List<FieldDescription> fields, long n)
    {
        var json = new StringBuilder(1_024).Append("{\"operation\":\"update-fields\",\"updates\":[");
        foreach (var field in fields)
        {
            json.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{field.Id}\",\"value\":{{\"type\":\"{field.ValueType}\",\"data\":");
            _ = field.ValueType switch
            {
                "number" => json.Append(n),
                "datetime" => json.Append(CultureInfo.InvariantCulture, $"\"2026-{(n % 12) + 1:00}-{(n % 28) + 1:00}T12:00:00Z\""),
                _ => json.Append(CultureInfo.InvariantCulture, $"\"note {n}\""),
            };
            json.Append("}},");
        }

        json.Length--;
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }

    private async ValueTask PatchAsync(long listId, long entryId, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"v2/lists/{listId}/list-entries/{entryId}/fields");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var response = await http.SendAsync(request, cancellationToken);
        RunFailedException.RequireEqual(200, (int)response.StatusCode, "Status of a PATCH");
    }

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.RelativeOrAbsolute), cancellationToken);
}

/// <summary>A list as a client finds it.</summary>
internal sealed record ListDescription(long Id, IReadOnlyList<long> Entries, IReadOnlyList<FieldDescription> Fields);

/// <summary>A field as a client finds it.</summary>
internal sealed record FieldDescription(string Id, string ValueType);
