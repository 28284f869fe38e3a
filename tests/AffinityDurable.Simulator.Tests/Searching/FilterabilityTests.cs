using System.Net;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Searching;

public sealed class FilterabilityTests
{
    private static readonly string[] Types = [.. Enum.GetValues<FieldValueType>().Select(type => type.WireName()), "date", "status-dropdown"];

    private const string Fields = "v2/lists/101/fields?includes=filterability&includes=sortability";

    [Fact]
    [Proves("META-20", "SEARCH-30")]
    public async Task Filterability_lists_the_operators_of_a_field()
    {
        await using var sim = await Sim.StartAsync();
        var stage = await FieldAsync(sim, "Stage");
        Assert.Equal(
            """{"filterableFieldType":"field-only","operators":[{"id":"is-any-of","name":"Is any of","numberOfValuesRequired":"multi"},{"id":"is-none-of","name":"Is none of","numberOfValuesRequired":"multi"},{"id":"is-empty","name":"Is empty","numberOfValuesRequired":"none"},{"id":"is-not-empty","name":"Is not empty","numberOfValuesRequired":"none"}]}""",
            stage["filterability"]!.ToJsonString());
        Assert.Equal("""{"sortableFieldType":"field-only"}""", stage["sortability"]!.ToJsonString());
        var plain = (await sim.GetAsync("v2/lists/101/fields")).Data[0]!.AsObject();
        Assert.False(plain.ContainsKey("filterability") || plain.ContainsKey("sortability"));
    }

    [Fact]
    [Proves("SEARCH-30")]
    public async Task Interactions_are_filtered_and_sorted_by_an_attribute()
    {
        await using var sim = await Sim.StartAsync();
        var email = await FieldAsync(sim, "Last Email");
        var attribute = email["filterability"]!["attributes"]!.AsArray().Single()!;
        Assert.Equal("attribute-on-field", (string)email["filterability"]!["filterableFieldType"]!);
        Assert.Equal(("date-of-activity", "date"), ((string)attribute["id"]!, (string)attribute["valueType"]!));
        Assert.Contains("is-on", attribute["operators"]!.AsArray().Select(each => (string)each!["id"]!));
        Assert.Equal(
            """{"sortableFieldType":"attribute-on-field","attributes":[{"id":"date-of-activity","name":"Date of activity","valueType":"date"}]}""",
            email["sortability"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Margin")]
    [InlineData("Scores")]
    [Proves("META-21")]
    public async Task Null_says_that_a_field_cannot_be_searched(string name)
    {
        await using var sim = await Sim.StartAsync();
        var field = (await FieldAsync(sim, name)).AsObject();
        Assert.True(field.ContainsKey("filterability") && field["filterability"] is null);
        Assert.True(field.ContainsKey("sortability") && field["sortability"] is null);
    }

    [Theory]
    [InlineData("2024-01-01", false)]
    [InlineData("2026-07-15", true)]
    [InlineData("2026-09-17", true)]
    [Proves("VER-18")]
    public async Task Relative_operators_tell_their_units_with_quarters_since_2026_07_15(string version, bool knowsQuarter)
    {
        await using var sim = await Sim.StartAsync();
        var closed = await FieldAsync(sim, "Closed", version);
        var operators = closed["filterability"]!["operators"]!.AsArray();
        Assert.All(operators, each => Assert.Equal(
            ((string)each!["id"]!).Contains("relative", StringComparison.Ordinal) || ((string)each["id"]!).Contains("within", StringComparison.Ordinal),
            each["relativeDateUnits"] is not null));
        var units = operators.Single(each => (string)each!["id"]! == "is-within-the-last")!["relativeDateUnits"]!.AsArray();
        Assert.Equal(knowsQuarter, units.Any(unit => (string)unit! == "quarter"));
    }

    [Fact]
    [Proves("SEARCH-12", "SEARCH-21")]
    public async Task What_filterability_tells_of_a_field_is_what_a_search_takes_and_nothing_else()
    {
        var account = new Account();
        account.Tenant.AddCompanyField("Lists", FieldValueType.ListMulti, id: "lists");
        await using var sim = await Sim.StartAsync(new SimulatorOptions { CallsPerMinute = int.MaxValue }, account);
        var types = new HashSet<string>();
        foreach (var told in (await sim.GetAsync(Fields)).Data)
        {
            var field = account.List.FindField((string)told!["id"]!)!;
            var taken = await TypesTakenAsync(sim, field);
            types.UnionWith(taken);
            Assert.Equal(told["filterability"] is null ? 0 : 1, taken.Length);
            Assert.Equal(OperatorsTold(told).Order(), await OperatorsTakenAsync(sim, field, taken.SingleOrDefault() ?? "text"));
        }

        Assert.Equal(
            [
                "company", "company-multi", "date", "dropdown", "dropdown-multi", "filterable-text", "filterable-text-multi", "list-multi",
                "location", "location-multi", "number", "person", "person-multi", "ranked-dropdown", "text",
            ],
            types.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_sortability_tells_of_a_field_is_what_a_search_sorts_by()
    {
        await using var sim = await Sim.StartAsync();
        foreach (var told in (await sim.GetAsync(Fields)).Data)
        {
            var attribute = told!["sortability"]?["attributes"]?[0]?["id"] is { } id ? $",\"attributeId\":\"{id}\"" : "";
            var answer = await sim.SearchAsync($$"""{"sorts":[{"fieldId":"{{told["id"]}}","direction":"asc"{{attribute}}}]}""");
            Assert.Equal(told["sortability"] is null ? HttpStatusCode.BadRequest : HttpStatusCode.Created, answer.Status);
        }
    }

    private static async Task<JsonNode> FieldAsync(Sim sim, string name, string? version = null) =>
        (await sim.GetAsync(Fields, version)).Data.Single(field => (string)field!["name"]! == name)!;

    private static IEnumerable<string> OperatorsTold(JsonNode field) =>
        (field["filterability"]?["operators"] ?? field["filterability"]?["attributes"]![0]!["operators"])?.AsArray()
        .Select(each => (string)each!["id"]!) ?? [];

    private static async Task<string[]> TypesTakenAsync(Sim sim, Field field)
    {
        var taken = new List<string>();
        foreach (var type in Types)
        {
            if (await TakesAsync(sim, field, type, "is-empty", null))
            {
                taken.Add(type);
            }
        }

        return [.. taken];
    }

    private static async Task<string[]> OperatorsTakenAsync(Sim sim, Field field, string type)
    {
        var taken = new List<string>();
        foreach (var (filterOperator, value) in FiltersOf(type))
        {
            if (await TakesAsync(sim, field, type, filterOperator, value))
            {
                taken.Add(filterOperator);
            }
        }

        return [.. taken.Order()];
    }

    private static async Task<bool> TakesAsync(Sim sim, Field field, string type, string filterOperator, string? value) =>
        (await sim.SearchUncheckedAsync(Searches.All(field.Filter(type, filterOperator, value)))).Status == HttpStatusCode.Created;

    /// <summary>Every operator with a value that suits it, if any does.</summary>
    private static IEnumerable<(string Operator, string? Value)> FiltersOf(string type)
    {
        string[] sets = ["is-any-of", "is-none-of", "has-any-of", "has-all-of", "has-none-of"];
        var item = type.Contains("dropdown", StringComparison.Ordinal) ? """[{"dropdownOptionId":1}]"""
            : type.StartsWith("filterable", StringComparison.Ordinal) ? """["a"]"""
            : type.StartsWith("location", StringComparison.Ordinal) ? """[{"city":"a"}]""" : """[{"id":1}]""";
        foreach (var each in sets)
        {
            yield return (each, item);
        }

        yield return ("is-empty", null);
        yield return ("is-not-empty", null);
        foreach (var each in (string[])["contains", "does-not-contain", "starts-with", "ends-with"])
        {
            yield return (each, "\"a\"");
        }

        foreach (var each in (string[])["is-equal-to", "is-not-equal-to", "is-greater-than", "is-greater-than-or-equal-to", "is-less-than", "is-less-than-or-equal-to"])
        {
            yield return (each, "1");
        }

        foreach (var each in (string[])["is-on", "is-not-on", "is-before", "is-on-or-before", "is-after", "is-on-or-after"])
        {
            yield return (each, "\"2026-01-01\"");
        }

        yield return ("is-between", type == "number" ? "[1,2]" : """["2026-01-01","2026-01-02"]""");
        foreach (var each in (string[])["is-within-the-last", "is-not-within-the-last", "is-within-the-next", "is-not-within-the-next", "is-between-relative"])
        {
            yield return (each, """{"amount":[1,2],"unit":"day"}""");
        }

        foreach (var each in (string[])
        [
            "is-exactly-relative", "is-not-exactly-relative", "is-more-than-relative", "is-more-than-or-equal-to-relative", "is-less-than-relative",
            "is-less-than-or-equal-to-relative",
        ])
        {
            yield return (each, """{"amount":1,"unit":"day"}""");
        }
    }
}
