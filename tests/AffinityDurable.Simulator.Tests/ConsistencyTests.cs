using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

/// <summary>Whatever is asked of it, in whatever order: the account stays sound, and what was counted is what was logged.</summary>
public sealed class ConsistencyTests
{
    private const int RequestsOfARow = 200;

    private static readonly string[] FieldIds = [.. Enumerable.Range(1001, 16).Select(n => $"field-{n}"), "field-1017", "dealroom-number-of-employees", "last-email", "field-9", "nonsense"];

    private static readonly Gen<string> Data = Gen.OneOf(
        Gen.Const("null"), Gen.Const("[]"), Gen.Const("true"), Gen.Double[-1e6, 1e6].Select(n => n.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        Gen.String[Gen.Char['a', 'f'], 0, 5].Select(text => $"\"{text}\""),
        Gen.Int[1, 28].Select(day => $"\"2026-03-{day:00}T12:00:00Z\""),
        Gen.Int[2999, 3010].Select(id => $$"""{"dropdownOptionId":{{id}}}"""),
        Gen.Int[2999, 3010].Array[0, 4].Select(ids => $"[{string.Join(',', ids.Select(id => $$"""{"dropdownOptionId":{{id}}}"""))}]"),
        Gen.OneOf(Gen.Int[20, 23], Gen.Int[500_000, 500_003]).Select(id => $$"""{"id":{{id}}}"""),
        Gen.OneOf(Gen.Int[20, 23], Gen.Int[500_000, 500_003]).Array[0, 120].Select(ids => $"[{string.Join(',', ids.Select(id => $$"""{"id":{{id}}}"""))}]"),
        Gen.String[Gen.Char['a', 'f'], 0, 5].Array[0, 120].Select(texts => $"[{string.Join(',', texts.Select(text => $"\"{text}\""))}]"),
        Gen.Int[-5, 5].Array[0, 5].Select(numbers => $"[{string.Join(',', numbers)}]"),
        Gen.Const("""{"streetAddress":null,"city":"Berlin","state":null,"country":"Germany","continent":"Europe"}"""),
        Gen.Const("""[{"streetAddress":null,"city":"Berlin","state":null,"country":null,"continent":null}]"""),
        Gen.Const("""{"city":"Berlin"}"""), Gen.Const("1e400"), Gen.Const("{"));

    private static readonly Gen<string> Value =
        Gen.Select(Gen.OneOf(Enum.GetValues<FieldValueType>()), Data, (type, data) => $$"""{"type":"{{type.WireName()}}","data":{{data}}}""");

    /// <summary>Values that suit their fields, beside those that suit by chance.</summary>
    private static readonly Gen<(string Field, string Value)> Fitting = Gen.OneOf(
        Gen.Int[-9, 9].Select(n => ("field-1001", $$"""{"type":"number","data":{{n}}}""")),
        Gen.String[Gen.Char['a', 'f'], 0, 5].Select(text => ("field-1002", $$"""{"type":"text","data":"{{text}}"}""")),
        Gen.Int[1, 28].Select(day => ("field-1003", $$"""{"type":"datetime","data":"2026-03-{{day:00}}T12:00:00Z"}""")),
        Gen.Int[3001, 3002].Select(id => ("field-1004", $$$"""{"type":"dropdown","data":{"dropdownOptionId":{{{id}}}}}""")),
        Gen.Int[3003, 3004].Select(id => ("field-1005", $$$"""{"type":"ranked-dropdown","data":{"dropdownOptionId":{{{id}}}}}""")),
        Gen.Int[3005, 3007].Select(id => ("field-1006", $$$"""{"type":"dropdown-multi","data":[{"dropdownOptionId":{{{id}}}}]}""")),
        Gen.Const(("field-1009", """{"type":"person","data":{"id":21}}""")),
        Gen.Const(("field-1017", """{"type":"text","data":"sector"}""")),
        Gen.Const(("field-1002", """{"type":"text","data":null}""")));

    private static readonly Gen<(string Field, string Value)> FieldAndValue =
        Gen.Frequency((2, Fitting), (3, Gen.Select(Gen.OneOf(FieldIds), Value, (id, value) => (id, value))));

    private static readonly Gen<string> Update =
        FieldAndValue.Select(update => $$$"""{"id":"{{{update.Field}}}","value":{{{update.Value}}}}""");

    private static readonly Gen<string> Batch =
        Update.Array[0, 6].Select(updates => $$"""{"operation":"update-fields","updates":[{{string.Join(',', updates)}}]}""");

    private static readonly Gen<string> EntryPath = Gen.Int[9_000_000, 9_000_006].Select(id => $"v2/lists/101/list-entries/{id}");
    private static readonly Gen<string> EntityPath = Gen.OneOf(Gen.Int[500_000, 500_003].Select(id => $"v2/companies/{id}"), Gen.Int[20, 23].Select(id => $"v2/persons/{id}"));
    private static readonly Gen<string> OptionsPath = Gen.OneOf(FieldIds).Select(id => $"v2/lists/101/fields/{id}/dropdown-options");
    private static readonly Gen<string> OptionPath = Gen.Select(OptionsPath, Gen.Int[2999, 3010], (path, id) => $"{path}/{id}");

    private static readonly Gen<string> Query = Gen.OneOf(
        "", "?limit=1", "?limit=0", "?limit=x", "?cursor=abc", "?fieldTypes=list&fieldTypes=global", "?fieldTypes=wrong", "?fieldIds=field-1001", "?fieldIds=field-9",
        "?ids=500001", "?ids=x", "?types=enriched", "?filter=name%3D~a", "?filter=changedAt%3E", "?includes=filterability", "?totalCount=true", "?unknown=1");

    private static readonly Gen<string> SearchBody = Gen.OneOf(
        Gen.Const("{}"), Gen.Const("[]"), Gen.Const("""{"search":{"term":"acm"}}"""), Gen.Const("""{"search":{"term":"a"}}"""),
        Gen.OneOf(FieldIds).Select(id => $$"""{"sorts":[{"fieldId":"{{id}}","direction":"desc"}]}"""),
        Gen.Select(Gen.OneOf(FieldIds), Gen.OneOf("number", "text", "dropdown", "date"), Gen.OneOf("is-empty", "is-equal-to", "contains", "is-any-of"), Data, (id, type, op, data) =>
            $$$"""{"filters":{"operator":"and","filters":[{"fieldId":"{{{id}}}","valueType":"{{{type}}}","operator":"{{{op}}}","value":{{{data}}}}]}}"""));

    private static readonly Gen<string> OptionBody = Gen.OneOf(
        """{"type":"dropdown","text":"New"}""", """{"type":"dropdown","text":""}""", """{"type":"ranked-dropdown","text":"New","rank":3,"color":"red"}""",
        """{"text":"Renamed"}""", """{"rank":-1}""", "{}", "null");

    private static readonly Gen<Ask> AnyAsk = Gen.Frequency(
        (4, Gen.Select(EntryPath, Batch, (path, body) => new Ask("PATCH", $"{path}/fields", body))),
        (2, Gen.Select(EntryPath, FieldAndValue, (path, update) => new Ask("POST", $"{path}/fields/{update.Field}", $$"""{"value":{{update.Value}}}"""))),
        (2, Gen.Select(EntityPath, Batch, (path, body) => new Ask("PATCH", $"{path}/fields", body))),
        (1, Gen.Select(EntityPath, FieldAndValue, (path, update) => new Ask("POST", $"{path}/fields/{update.Field}", $$"""{"value":{{update.Value}}}"""))),
        (1, Gen.Select(OptionsPath, OptionBody, (path, body) => new Ask("POST", path, body))),
        (1, Gen.Select(OptionPath, OptionBody, (path, body) => new Ask("POST", path, body))),
        (1, OptionPath.Select(path => new Ask("DELETE", path))),
        (1, Gen.Int[499_999, 500_003].Select(id => new Ask("POST", "v2/lists/101/list-entries", $$$"""{"entity":{"id":{{{id}}}}}"""))),
        (2, Gen.Select(EntryPath, Gen.OneOf("", "/fields", "/fields/field-1006", "/fields/field-1006/values", "/field-value-changes"), Query, (path, rest, query) => new Ask("GET", path + rest + query))),
        (2, Gen.Select(EntityPath, Gen.OneOf("", "/fields", "/list-entries", "/fields/field-1017"), Query, (path, rest, query) => new Ask("GET", path + rest + query))),
        (2, Gen.Select(Gen.OneOf("v2/lists", "v2/lists/101/fields", "v2/lists/101/list-entries", "v2/companies", "v2/persons", "v2/field-value-changes", "v2/webhooks", "organizations", "v2/nothing"), Query, (path, query) => new Ask("GET", path + query))),
        (1, Gen.Select(Gen.OneOf("v2/lists/101/list-entries/search", "v2/companies/search", "v2/persons/search"), SearchBody, Query, (path, body, query) => new Ask("POST", path + query, body))),
        (1, Gen.OneOf("""{"url":"http://127.0.0.1:9/hook","subscriptions":[]}""", """{"url":"x","subscriptions":["nothing"]}""", "[]").Select(body => new Ask("POST", "v2/webhooks", body))),
        (1, Gen.Select(EntryPath, Gen.OneOf("PUT", "DELETE", "PATCH"), Gen.OneOf("", "{", "\"x\""), (path, method, body) => new Ask(method, path, body))));

    private static readonly Gen<string?> Version = Gen.OneOf<string?>(null, null, null, "2024-01-01", "2026-07-15", "2026-09-17", "current", "1999-01-01");

    [Fact]
    public async Task Any_row_of_requests_leaves_the_account_sound()
    {
        var seen = new HashSet<int>();
        await Gen.Select(AnyAsk, Version).Array[RequestsOfARow].SampleAsync(
            async row =>
            {
                // The clock stands still: the minute does not end, however slow the machine is.
                await using var sim = await Sim.StartAsync(
                    new() { CallsPerMinute = 150, CallsPerMonth = 10_000, LogsRequests = true, TimeProvider = new FakeTimeProvider() });
                foreach (var ((method, path, body), version) in row)
                {
                    // Every answer is held to the OpenAPI document on the way.
                    var answer = await sim.SendAsync(HttpMethod.Parse(method), path, body, version);
                    Assert.True((int)answer.Status < 500, $"{method} {path} {body}: {answer.Status} {answer.Body}");
                }

                AssertCounted(sim);
                seen.UnionWith(sim.Server.Log.Requests.Select(request => request.Status));
                sim.Server.Limits.CallsPerMinute = int.MaxValue;
                await AssertValuesAsync(sim);
            },
            iter: 12,
            threads: 1);
        Assert.Superset(new HashSet<int> { 200, 201, 204, 400, 404, 405, 429 }, seen);
    }

    private static void AssertCounted(Sim sim)
    {
        var (log, counters) = (sim.Server.Log.Requests, sim.Server.Counters);
        Assert.Equal(RequestsOfARow, log.Count);
        Assert.Equal(log.Count, counters.Total);
        Assert.Equal(log.Count(request => request.Method == "PATCH" && request.Path.EndsWith("/fields", StringComparison.Ordinal)), counters.PatchCalls);
        Assert.Equal(log.Count(request => request is { Method: "PATCH", Status: 200 }), counters.AcceptedPatches);
        foreach (var answered in log.CountBy(request => request.Status))
        {
            Assert.Equal(answered.Value, counters.Answered(answered.Key));
        }

        var spent = log.Count(request => request.Status is not (401 or 429));
        Assert.Equal(spent, sim.Server.Limits.MonthUsed);
    }

    /// <summary>As a client reads it: every value has its field's type, and every option that is named is one of the field.</summary>
    private static async Task AssertValuesAsync(Sim sim)
    {
        var types = (await sim.GetAsync("v2/lists/101/fields")).Data.ToDictionary(field => (string)field!["id"]!, field => (string)field!["valueType"]!);
        for (var next = "v2/lists/101/list-entries?fieldTypes=list&fieldTypes=global&fieldTypes=enriched"; next is not null;)
        {
            var page = (await sim.GetAsync(next)).Json;
            foreach (var field in page["data"]!.AsArray().SelectMany(entry => entry!["entity"]!["fields"]!.AsArray()))
            {
                Assert.Equal(types[(string)field!["id"]!], (string)field["value"]!["type"]!);
                AssertOptions(sim, field);
            }

            next = (string?)page["pagination"]!["nextUrl"] is { } url ? new Uri(url).PathAndQuery[1..] : null;
        }
    }

    private static void AssertOptions(Sim sim, JsonNode field)
    {
        var named = field["value"]!["data"] switch
        {
            JsonArray items => items.Select(item => item is JsonObject ? item["dropdownOptionId"] : null),
            JsonObject item => [item["dropdownOptionId"]],
            _ => [],
        };
        var known = sim.Account.List.FindField((string)field["id"]!)!.Options.Select(option => option.Id).ToHashSet();
        Assert.All(named.OfType<JsonNode>(), option => Assert.Contains((long)option, known));
    }

    private sealed record Ask(string Method, string Path, string? Body = null);
}
