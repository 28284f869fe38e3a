using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.OpenApi;

namespace AffinityDurable.Simulator.Tests;

/// <summary>A running simulator with a small account, and a client of it.</summary>
internal sealed class Sim : IAsyncDisposable
{
    private Sim(SimulatorServer server, Account account, ApiDocument document)
    {
        Server = server;
        Document = document;
        Account = account;
        Client = ClientFor(server.ApiKey);
    }

    public SimulatorServer Server { get; }

    public Account Account { get; }

    public HttpClient Client { get; }

    /// <summary>What the server says of itself; every answer is held to it.</summary>
    public ApiDocument Document { get; }

    public string EntryPath => $"v2/lists/{Account.List.Id}/list-entries/{Account.Entry.Id}";

    public static async Task<Sim> StartAsync(SimulatorOptions? options = null, Account? account = null)
    {
        account ??= new Account();
        var server = await SimulatorServer.StartAsync(options ?? new(), account.Tenant);
        return new Sim(server, account, await ApiDocument.OfAsync(server));
    }

    public HttpClient ClientFor(string? key)
    {
        var client = new HttpClient { BaseAddress = Server.BaseAddress };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public Task<Answer> GetAsync(string path, string? version = null) => SendAsync(HttpMethod.Get, path, null, version);

    public Task<Answer> PatchAsync(params string[] updates) => PatchAsync(Account.Entry, updates);

    public Task<Answer> PatchAsync(ListEntry entry, params string[] updates) => SendAsync(
        HttpMethod.Patch, $"v2/lists/{entry.List.Id}/list-entries/{entry.Id}/fields",
        $$"""{"operation":"update-fields","updates":[{{string.Join(",", updates)}}]}""");

    public Task<Answer> PatchBodyAsync(string body) => SendAsync(HttpMethod.Patch, $"{EntryPath}/fields", body);

    public Task<Answer> PostAsync(Field field, string value) =>
        SendAsync(HttpMethod.Post, $"{EntryPath}/fields/{field.Id}", $$$"""{"value":{{{value}}}}""");

    /// <summary>The value wrapper a client reads back.</summary>
    public async Task<JsonNode> ReadAsync(Field field) => (await GetAsync($"{EntryPath}/fields/{field.Id}")).Json["value"]!;

    /// <param name="method">The verb.</param>
    /// <param name="path">The path and query.</param>
    /// <param name="body">JSON, or null.</param>
    /// <param name="version">The version header; without it the default of the key.</param>
    /// <param name="key">Another key than the first one of the account.</param>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? version = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (version is not null)
        {
            request.Headers.Add("X-Affinity-Api-Version", version);
        }

        using var response = await Client.SendAsync(request);
        var answer = await Answer.OfAsync(response);
        Document.Check(method, $"/{path.Split('?')[0]}", (int)answer.Status, answer.Body);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>A response with its body read.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonArray Data => Json["data"]!.AsArray();

    public JsonNode Error => Json["errors"]![0]!;

    public string Message => (string)Error["message"]!;

    public static async Task<Answer> OfAsync(HttpResponseMessage response) =>
        new(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.Single() : null;
}

/// <summary>A list with one field of every value type and two companies on it.</summary>
internal sealed class Account
{
    public Account()
    {
        List = Tenant.AddList("Portfolio");
        Arr = List.Number("ARR");
        Note = List.Text("Note");
        Closed = List.Date("Closed");
        Stage = List.Dropdown("Stage", "Seed", "Series A");
        Status = List.RankedDropdown("Status", "New", "Won");
        Tags = List.DropdownMulti("Tags", "AI", "Bio", "Climate");
        Place = List.Location("HQ");
        Places = List.AddField("Offices", FieldValueType.LocationMulti);
        Owner = List.Person("Owner");
        Owners = List.AddField("Owners", FieldValueType.PersonMulti);
        Parent = List.Company("Parent");
        Peers = List.AddField("Peers", FieldValueType.CompanyMulti);
        Keywords = List.AddField("Keywords", FieldValueType.FilterableTextMulti);
        Keyword = List.AddField("Keyword", FieldValueType.FilterableText);
        Scores = List.AddField("Scores", FieldValueType.NumberMulti);
        Margin = List.AddField("Margin", FieldValueType.FormulaNumber);
        Sector = Tenant.AddCompanyField("Sector", FieldValueType.Text);
        Employees = Tenant.AddCompanyField("Employees", FieldValueType.Number, FieldType.Enriched, "dealroom-number-of-employees");
        LastEmail = Tenant.AddCompanyField("Last Email", FieldValueType.Interaction, FieldType.RelationshipIntelligence, "last-email");
        Acme = Tenant.AddCompany("Acme", "acme.com", "acme.io");
        Birch = Tenant.AddCompany("Birch", "birch.example");
        Entry = List.AddEntry(Acme);
        Other = List.AddEntry(Birch);
    }

    public Tenant Tenant { get; } = new();

    public AffinityList List { get; }

    public Field Arr { get; }

    public Field Note { get; }

    public Field Closed { get; }

    public Field Stage { get; }

    public Field Status { get; }

    public Field Tags { get; }

    public Field Place { get; }

    public Field Places { get; }

    public Field Owner { get; }

    public Field Owners { get; }

    public Field Parent { get; }

    public Field Peers { get; }

    public Field Keywords { get; }

    public Field Keyword { get; }

    public Field Scores { get; }

    public Field Margin { get; }

    public Field Sector { get; }

    public Field Employees { get; }

    public Field LastEmail { get; }

    public Company Acme { get; }

    public Company Birch { get; }

    public ListEntry Entry { get; }

    public ListEntry Other { get; }
}

internal static class Updates
{
    /// <summary>One item of <c>updates</c>, its type that of the field.</summary>
    public static string To(this Field field, string data) => field.To(field.ValueType.WireName(), data);

    public static string To(this Field field, string type, string data) => $$$"""{"id":"{{{field.Id}}}","value":{"type":"{{{type}}}","data":{{{data}}}}}""";

    /// <summary>The value alone, for a single update.</summary>
    public static string Value(this Field field, string data) => $$$"""{"type":"{{{field.ValueType.WireName()}}}","data":{{{data}}}}""";
}
