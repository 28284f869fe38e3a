using System.Security.Cryptography;
using System.Text;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Secrecy;

/// <summary>
/// The secrets of connections show up nowhere: not in logs of any level, exceptions, reports, state, history or the artefacts of the run,
/// whatever the other side says when it refuses them.
/// </summary>
public sealed class SourceSecrecyTests
{
    private const string Secret = "kanariesecret0000";

    /// <summary>By type of source: its definition, the keys of its connection, and whether the secret goes over the wire in any form.</summary>
    private static readonly (string Type, string Source, (string Key, string Value)[] Connection, bool IsSent)[] Cases =
    [
        ("csv", "type: csv, path: 'az://exports/rows.csv', connection: box", [("ConnectionString", $"DefaultEndpointsProtocol=http;AccountName=acme;AccountKey={Base64(Secret)};BlobEndpoint={{url}}acme")], false),
        ("jsonl", "type: jsonl, path: 's3://exports/rows.jsonl', connection: box", [("Endpoint", "{url}"), ("Region", "eu-west-1"), ("AccessKeyId", "AKID"), ("SecretAccessKey", Secret)], false),
        ("parquet", "type: parquet, path: 's3://exports/rows.parquet', connection: box", [("Endpoint", "{url}"), ("Region", "eu-west-1"), ("AccessKeyId", "AKID"), ("SecretAccessKey", Secret), ("SessionToken", Secret)], true),
        ("postgres", "type: postgres, connection: box, query: 'select 1 as website, 2 as arr'", [("Host", "127.0.0.1"), ("Port", "{port}"), ("Database", "metrics"), ("Username", "reader"), ("Password", Secret)], false),
        ("sqlserver", "type: sqlserver, connection: box, connectTimeout: 2s, query: select 1 as website", [("Server", "127.0.0.1,{port}"), ("Database", "metrics"), ("User", "reader"), ("Password", Secret)], false),
        ("snowflake", "type: snowflake, connection: box, query: select 1 as website", [("Url", "{url}"), ("Account", "acme"), ("User", "READER"), ("OAuthToken", Secret)], true),
        ("snowflake", "type: snowflake, connection: box, query: select 1 as website", [("Url", "{url}"), ("Account", "acme"), ("User", "READER"), ("PrivateKey", PrivateKey())], false),
        ("http", "type: http, connection: box, url: /rows, records: '$[*]', auth: bearer", [("BaseUrl", "{url}"), ("Token", Secret)], true),
        ("http", "type: http, connection: box, url: /rows, records: '$[*]', auth: apiKey", [("BaseUrl", "{url}"), ("ApiKey", Secret)], true),
        ("http", "type: http, connection: box, url: /rows, records: '$[*]', auth: basic", [("BaseUrl", "{url}"), ("Username", "reader"), ("Password", Secret)], true),
        ("http", "type: http, connection: box, url: /rows, records: '$[*]', auth: clientCredentials", [("BaseUrl", "{url}"), ("TokenUrl", "{url}token"), ("ClientId", "app"), ("ClientSecret", Secret)], true),
    ];

    public static TheoryData<int, int> EveryCase
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var number in Enumerable.Range(0, Cases.Length))
            {
                data.Add(number, 401);
                data.Add(number, 400);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public async Task A_refusal_that_quotes_the_secret_is_told_without_it(int number, int status)
    {
        var (_, source, connection, isSent) = Cases[number];
        await using var server = await IndiscreetServer.StartAsync(status);
        await using var app = await TestApp.StartAsync(companies: 3, settings: Settings(connection, server.Address));
        Define(app, source);

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.True(report.Error!.Code.StartsWith("AFF2", StringComparison.Ordinal), report.Error.ToString());
        Assert.Equal(isSent, server.Heard.Any(heard => SecretsOf(connection).Any(secret => heard.Contains(secret, StringComparison.Ordinal))));
        await AssertSecretAsync(app, SecretsOf(connection));
    }

    [Fact]
    public void Every_type_of_source_that_connects_to_something_is_covered()
    {
        using var services = new ServiceCollection().AddSources().BuildServiceProvider();

        Assert.Equal(services.GetRequiredService<SourceTypes>().Names.Where(name => name != "push"), Cases.Select(one => one.Type).Distinct().Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string?> Settings((string Key, string Value)[] connection, Uri server) => connection.ToDictionary(
        pair => $"Connections:box:{pair.Key}",
        pair => (string?)pair.Value.Replace("{url}", server.ToString(), StringComparison.Ordinal).Replace("{port}", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static void Define(TestApp app, string source) => File.WriteAllText(
        Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
        $"sync: portfolio\nlist: 77\nsource: {{ {source} }}\nmatch:\n  - domain: website\nfields:\n  ARR: arr\n");

    /// <summary>The secrets and the forms in which they travel.</summary>
    private static IReadOnlyList<string> SecretsOf((string Key, string Value)[] connection) =>
    [
        Secret,
        Base64(Secret),
        Base64($"reader:{Secret}"),
        Base64($"app:{Secret}"),
        .. connection.Where(pair => pair.Key == "PrivateKey").Select(pair => pair.Value.Split('\n')[1]),
    ];

    private static async Task AssertSecretAsync(TestApp app, IReadOnlyList<string> secrets)
    {
        var store = await Traces.RunStoreAsync(app);
        var traces = (await Traces.OfAsync(app))
            .Concat(app.Log.Lines.Select(line => (Place: $"log {line.Level} {line.Category}", line.Text)))
            .Append((Place: "run store", Text: store));

        Assert.Empty(
            from trace in traces
            where secrets.Any(secret => trace.Text.Contains(secret, StringComparison.OrdinalIgnoreCase))
            select $"{trace.Place}: {trace.Text[..Math.Min(600, trace.Text.Length)]}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string PrivateKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
