using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;

namespace AffinityDurable.Functions.Tests.Pushing;

/// <summary>A <see cref="TestApp"/> that takes rows for the sync <c>portfolio</c> over HTTP.</summary>
internal static class PushedApp
{
    public const string Rows = "/api/syncs/portfolio/rows";

    public static async Task<TestApp> StartAsync(int companies = 5, Dictionary<string, string?>? settings = null, string source = "  start: scheduled", string extra = "")
    {
        var app = await TestApp.StartAsync(companies, settings: settings, host: options => options.Listen = new Uri("http://127.0.0.1:0"));
        app.DefinePush(source, extra);
        return app;
    }

    public static void DefinePush(this TestApp app, string source = "  start: scheduled", string extra = "") => File.WriteAllText(
        Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
        $"""
        sync: portfolio
        list: 77
        source:
          type: push
          columns: [website, arr, stage, notes]
        {source}
        match:
          - domain: website
        fields:
          ARR: arr
          Stage: stage
          Notes: notes
        verify: none
        {(extra.Contains("approval:", StringComparison.Ordinal) ? "" : "approval: never")}
        {extra}
        """);

    public static HttpClient Http(this TestApp app) => new() { BaseAddress = app.Host.Url };

    public static async Task<(int Status, JsonElement Answer)> PushAsync(
        this HttpClient http, string body, string? key = null, string type = "application/json", bool isPacked = false, string path = Rows)
    {
        using var content = new ByteArrayContent(isPacked ? Pack(body) : Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (isPacked)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public static async Task<List<string>> StateAsync(this TestApp app, string prefix) =>
        await new FileSyncState(app.Directory).ListAsync(prefix, CancellationToken.None).ToListAsync();

    public static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    public static string Codes(JsonElement answer) => string.Join(",", answer.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()).Distinct());

    public static IReadOnlyList<string> Messages(JsonElement answer) => [.. answer.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("message").GetString()!)];
}
