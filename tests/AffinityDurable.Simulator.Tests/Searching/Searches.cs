using System.Text;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Searching;

namespace AffinityDurable.Simulator.Tests.Searching;

/// <summary>The short way to search in tests.</summary>
internal static class Searches
{
    public static readonly Location Berlin = new(null, "Berlin", null, "Germany", "Europe");

    public static readonly Location Munich = new(null, "Munich", null, "Germany", "Europe");

    public static Task<Answer> SearchAsync(this Sim sim, string? body, string query = "", string? version = null) =>
        sim.SendAsync(HttpMethod.Post, $"v2/lists/{sim.Account.List.Id}/list-entries/search{query}", body, version);

    /// <summary>As <see cref="SearchAsync"/>, without holding the answer to the document: for very many searches.</summary>
    public static async Task<Answer> SearchUncheckedAsync(this Sim sim, string body, string? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v2/lists/{sim.Account.List.Id}/list-entries/search")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Affinity-Api-Version", version ?? "2026-09-17");
        using var response = await sim.Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>Names of the companies that a filter finds.</summary>
    public static async Task<string[]> FindAsync(this Sim sim, params string[] leaves) =>
        (await sim.SearchAsync(All(leaves))).Names();

    public static string[] Names(this Answer answer) => [.. answer.Data.Select(row => (string)(row!["entity"] ?? row)["name"]!)];

    public static long[] Ids(this Answer answer) => [.. answer.Data.Select(row => (long)row!["id"]!)];

    public static string All(params string[] leaves) => $$$"""{"filters":{{{Group("and", leaves)}}}}""";

    public static string Group(string kind, params string[] filters) => $$"""{"operator":"{{kind}}","filters":[{{string.Join(",", filters)}}]}""";

    /// <summary>A leaf of the type that the field is filtered by.</summary>
    public static string Filter(this Field field, string filterOperator, string? value = null) =>
        field.Filter(field.SearchType().FilterName(), filterOperator, value);

    public static string Filter(this Field field, string valueType, string filterOperator, string? value)
    {
        var leaf = new JsonObject { ["fieldId"] = field.Id, ["valueType"] = valueType, ["operator"] = filterOperator };
        if (value is not null)
        {
            leaf["value"] = JsonNode.Parse(value);
        }

        if (field.ValueType == FieldValueType.Interaction)
        {
            leaf["attributeId"] = "date-of-activity";
        }

        return leaf.ToJsonString();
    }

    public static string Sort(params (Field Field, string Direction)[] sorts) =>
        $$"""{"sorts":[{{string.Join(",", sorts.Select(sort => $$"""{"fieldId":"{{sort.Field.Id}}","direction":"{{sort.Direction}}"}"""))}}]}""";
}
