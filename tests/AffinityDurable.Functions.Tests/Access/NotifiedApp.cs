using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Arriving;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>An <see cref="ApiApp"/> with a sync that waits for objects, and what senders of notifications send to it.</summary>
internal static class NotifiedApp
{
    public const string Route = "/api/syncs/portfolio/arrivals";

    /// <summary>What S3 sends to see whether it is heard; nothing has to be looked for.</summary>
    public const string TestEvent = """{ "Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-03-02T17:59:58.000Z", "Bucket": "exports" }""";

    public static async Task<TestApp> StartAsync(params (string Key, string? Value)[] settings)
    {
        var app = await ApiApp.StartAsync(settings);
        app.DefineArrival("s3://exports/portfolio/*.csv\n  connection: bucket");
        return app;
    }

    /// <summary>With the settings that admit the service account of a stub.</summary>
    public static Task<TestApp> StartAsync(GoogleStub google, params (string Key, string? Value)[] settings) => StartAsync(
    [
        ("Access:PubSub:Audience", GoogleStub.Audience),
        ("Access:PubSub:ServiceAccounts:0", GoogleStub.Account),
        ("Access:PubSub:KeysUri", google.KeysUri.ToString()),
        .. settings,
    ]);

    public static async Task<HttpResponseMessage> NotifyAsync(this HttpClient http, AuthenticationHeaderValue? authorization, string route = Route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(TestEvent, Encoding.UTF8, "text/plain") };
        request.Headers.Authorization = authorization;
        return await http.SendAsync(request);
    }

    public static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", ApiApp.Base64($"{user}:{password}"));

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    /// <summary>Status and code of an answer; 200 has none.</summary>
    public static async Task<(HttpStatusCode Status, string? Code)> SaidAsync(this HttpResponseMessage answer) =>
        (answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.CodeAsync());

    public static async Task<IReadOnlyList<AuditRecord>> AuditAsync(this TestApp app)
    {
        var state = app.Services.GetRequiredService<ISyncState>();
        var records = new List<AuditRecord>();
        await foreach (var key in state.ListAsync("audit/2026-03-02/", CancellationToken.None))
        {
            records.Add((await state.ReadAsync<AuditRecord>(key, CancellationToken.None))!.Value);
        }

        return records;
    }
}
