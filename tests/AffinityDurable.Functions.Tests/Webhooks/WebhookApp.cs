using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Functions.Tests.Webhooks;

/// <summary>An app that takes deliveries.</summary>
internal static class WebhookApp
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly HttpClient Affinity = new();

    /// <param name="definition">Lines of the definition, which says what starts runs.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="affinity">The simulator's settings.</param>
    /// <param name="services">What is registered otherwise.</param>
    public static async Task<TestApp> StartAsync(
        string definition = "onNewEntry: true",
        Dictionary<string, string?>? settings = null,
        Action<SimulatorSettings>? affinity = null,
        Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? services = null,
        int companies = 20)
    {
        var app = await TestApp.StartAsync(
            companies,
            affinity: affinity,
            host: options => options.Listen = new Uri("http://127.0.0.1:0"),
            settings: new(settings ?? []) { ["Webhooks:Affinity:Token"] = Token },
            services: services);
        app.Define(definition, fields: "  ARR: arr\n  Notes: notes");
        app.ExportAll(n => n);
        return app;
    }

    public static Uri WebhookUrl(this TestApp app, string token = Token) => new(app.Host.Url!, $"/api/webhooks/affinity/{token}");

    public static async Task<HttpResponseMessage> DeliverAsync(this TestApp app, string json, string token = Token, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, app.WebhookUrl(token)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        headers?.Invoke(request.Headers);
        return await Affinity.SendAsync(request);
    }

    /// <summary>Somebody picks an option in Affinity.</summary>
    public static async Task PickAsync(this TestApp app, ListEntry entry, Field field, string option)
    {
        using var http = new HttpClient { BaseAddress = app.Affinity.BaseAddress };
        var id = field.Options.Single(known => known.Text == option).Id;
        var answer = await http.PutAsJsonAsync(
            new Uri($"/_sim/entries/{entry.Id}/fields/{field.Id}", UriKind.Relative), new { value = new { type = "dropdown", data = new { dropdownOptionId = id } } });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What Affinity tells of a new row.</summary>
    public static string NewEntry(this TestApp app, int entry, long listId = 77, DateTimeOffset? sentAt = null) => JsonSerializer.Serialize(new
    {
        type = "list_entry.created",
        body = new { id = app.World.Entries[entry - 1].Id, list_id = listId, creator_id = 1, entity_id = 2, entity_type = 1, created_at = "2026-03-02T18:00:00Z", entity = new { id = 2, name = "x" } },
        sent_at = Seconds(app, sentAt),
    });

    /// <summary>What Affinity tells of a value.</summary>
    public static string Value(this TestApp app, int entry, Field field, string type = "field_value.updated", bool withField = true)
    {
        var number = long.Parse(field.Id["field-".Length..], CultureInfo.InvariantCulture);
        var body = new Dictionary<string, object?>
        {
            ["id"] = 9,
            ["field_id"] = number,
            ["list_entry_id"] = app.World.Entries[entry - 1].Id,
            ["entity_type"] = 1,
            ["value_type"] = 2,
            ["entity_id"] = 2,
            ["value"] = "Lies",
        };
        if (withField)
        {
            body["field"] = new { id = number, name = field.Name, list_id = 77 };
        }

        return JsonSerializer.Serialize(new { type, body, sent_at = Seconds(app, null) });
    }

    private static long Seconds(TestApp app, DateTimeOffset? at) => (at ?? app.Clock.GetUtcNow()).ToUnixTimeSeconds();
}
