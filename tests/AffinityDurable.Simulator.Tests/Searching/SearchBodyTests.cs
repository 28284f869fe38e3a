using System.Net;
using System.Text;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Searching;

public sealed class SearchBodyTests
{
    [Theory]
    [InlineData("[]", "value at root is not an object")]
    [InlineData("null", "value at root is not an object")]
    [InlineData("""{"filter":{}}""", "object property at `/filter` is a disallowed additional property")]
    [InlineData("""{"filters":null}""", "value at `/filters` is not an object")]
    [InlineData("""{"filters":{}}""", "object at `/filters` is missing required properties: operator, filters")]
    [InlineData("""{"filters":{"operator":"xor","filters":[]}}""", "value at `/filters/operator` is not one of: [\"and\", \"or\"]")]
    [InlineData("""{"filters":{"operator":1,"filters":[]}}""", "value at `/filters/operator` is not one of: [\"and\", \"or\"]")]
    [InlineData("""{"filters":{"operator":"and","filters":{}}}""", "value at `/filters/filters` is not an array")]
    [InlineData("""{"filters":{"operator":"and","filters":[1]}}""", "value at `/filters/filters/0` is not an object")]
    [InlineData("""{"filters":{"operator":"and","filters":[{"operator":"not","filters":[]}]}}""", "value at `/filters/filters/0/operator` is not one of: [\"and\", \"or\"]")]
    [InlineData("""{"sorts":{}}""", "value at `/sorts` is not an array")]
    [InlineData("""{"sorts":[]}""", "array size at `/sorts` is less than: 1")]
    [InlineData("""{"sorts":[1]}""", "value at `/sorts/0` is not an object")]
    [InlineData("""{"sorts":[{}]}""", "object at `/sorts/0` is missing required properties: fieldId, direction")]
    [InlineData("""{"sorts":[{"fieldId":"","direction":"asc"}]}""", "string length at `/sorts/0/fieldId` is less than: 1")]
    [InlineData("""{"sorts":[{"fieldId":"field-1001","direction":"up"}]}""", "value at `/sorts/0/direction` is not one of: [\"asc\", \"desc\"]")]
    [InlineData("""{"sorts":[{"fieldId":"field-1001","direction":"asc","attributeId":1}]}""", "value at `/sorts/0/attributeId` is not a string")]
    [InlineData("""{"search":"acme"}""", "value at `/search` is not an object")]
    [InlineData("""{"search":{}}""", "object at `/search` is missing required properties: term")]
    [InlineData("""{"search":{"term":1}}""", "value at `/search/term` is not a string")]
    [InlineData("""{"search":{"term":"acme","fieldIds":[]}}""", "array size at `/search/fieldIds` is less than: 1")]
    [InlineData("""{"search":{"term":"acme","fieldIds":[7]}}""", "value at `/search/fieldIds/0` is not a string")]
    public async Task A_body_that_breaks_the_schema_answers_400_with_its_pointer(string body, string message)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync(body);
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
        Assert.Equal("validation", (string)answer.Error["code"]!);
    }

    /// <summary>Field, value type, operator, value and what is said of it below <c>/filters/filters/0</c>.</summary>
    public static TheoryData<string, string, string, string?, string> BadLeaves => new()
    {
        { "ARR", "decimal", "is-empty", null, "value at `@` does not match `discriminator` schema" },
        { "ARR", "datetime", "is-empty", null, "value at `@` does not match `discriminator` schema" },
        { "ARR", "number", "contains", "\"1\"", "value at `@` does not match `discriminator` schema" },
        { "ARR", "number", "is", "1", "value at `@` does not match `discriminator` schema" },
        { "ARR", "number", "is-equal-to", null, "object at `@` is missing required properties: value" },
        { "ARR", "number", "is-empty", "1", "object property at `@/value` is a disallowed additional property" },
        { "ARR", "number", "is-equal-to", "\"1\"", "value at `@/value` is not a number" },
        { "ARR", "number", "is-equal-to", "null", "value at `@/value` is not a number" },
        { "ARR", "number", "is-between", "1", "value at `@/value` is not an array" },
        { "ARR", "number", "is-between", "[1]", "array size at `@/value` is less than: 2" },
        { "ARR", "number", "is-between", "[1,2,3]", "array size at `@/value` is greater than: 2" },
        { "ARR", "number", "is-between", "[1,\"2\"]", "value at `@/value/1` is not a number" },
        { "Note", "text", "contains", "[\"a\"]", "value at `@/value` is not a string" },
        { "Closed", "date", "is-on", "1", "value at `@/value` is not a string" },
        { "Closed", "date", "is-on", "\"2026-04-01T00:00:00Z\"", "value at `@/value` does not match format: date" },
        { "Closed", "date", "is-on", "\"2026-02-30\"", "value at `@/value` does not match format: date" },
        { "Closed", "date", "is-between", "[\"2026-02-01\",\"soon\"]", "value at `@/value/1` does not match format: date" },
        { "Closed", "date", "is-within-the-last", "[7]", "value at `@/value` is not an object" },
        { "Closed", "date", "is-within-the-last", "{\"amount\":[7]}", "object at `@/value` is missing required properties: unit" },
        { "Closed", "date", "is-within-the-last", "{\"amount\":7,\"unit\":\"day\"}", "value at `@/value/amount` is not an array" },
        { "Closed", "date", "is-within-the-last", "{\"amount\":[],\"unit\":\"day\"}", "array size at `@/value/amount` is less than: 1" },
        { "Closed", "date", "is-within-the-last", "{\"amount\":[1.5],\"unit\":\"day\"}", "value at `@/value/amount/0` is not an integer" },
        { "Closed", "date", "is-within-the-last", "{\"amount\":[2147483648],\"unit\":\"day\"}", "number at `@/value/amount/0` is greater than: 2147483647" },
        { "Closed", "date", "is-within-the-last", "{\"amount\":[1],\"unit\":\"days\"}", "value at `@/value/unit` is not one of: [\"minute\", \"hour\", \"day\", \"week\", \"month\", \"quarter\", \"year\"]" },
        { "Closed", "date", "is-exactly-relative", "{\"amount\":[1],\"unit\":\"day\"}", "value at `@/value/amount` is not an integer" },
        { "Closed", "date", "is-exactly-relative", "{\"amount\":-1,\"unit\":\"day\"}", "number at `@/value/amount` is less than: 0" },
        { "Stage", "dropdown", "is-any-of", "{\"dropdownOptionId\":1}", "value at `@/value` is not an array" },
        { "Stage", "dropdown", "is-any-of", "[]", "array size at `@/value` is less than: 1" },
        { "Stage", "dropdown", "is-any-of", "[1]", "value at `@/value/0` is not an object" },
        { "Stage", "dropdown", "is-any-of", "[{\"id\":1}]", "object at `@/value/0` is missing required properties: dropdownOptionId" },
        { "Stage", "dropdown", "is-any-of", "[{\"dropdownOptionId\":1,\"text\":\"Seed\"}]", "object property at `@/value/0/text` is a disallowed additional property" },
        { "Stage", "dropdown", "is-any-of", "[{\"dropdownOptionId\":0}]", "number at `@/value/0/dropdownOptionId` is less than: 1" },
        { "Owner", "person", "is-any-of", "[{\"id\":\"21\"}]", "value at `@/value/0/id` is not an integer" },
        { "Keyword", "filterable-text", "is-any-of", "[1]", "value at `@/value/0` is not a string" },
        { "HQ", "location", "is-any-of", "[{\"city\":null}]", "value at `@/value/0/city` is not a string" },
        { "HQ", "location", "is-any-of", "[{\"zip\":\"1\"}]", "object property at `@/value/0/zip` is a disallowed additional property" },
    };

    [Theory]
    [MemberData(nameof(BadLeaves))]
    [Proves("SEARCH-10")]
    public async Task A_leaf_that_breaks_the_schema_answers_400_with_its_pointer(
        string name, string valueType, string filterOperator, string? value, string message)
    {
        await using var sim = await Sim.StartAsync();
        var field = sim.Account.List.Fields.Single(each => each.Name == name);
        var answer = await sim.SearchAsync(Searches.All(field.Filter(valueType, filterOperator, value)));
        Assert.Equal((HttpStatusCode.BadRequest, message.Replace("@", "/filters/filters/0", StringComparison.Ordinal)), (answer.Status, answer.Message));
        Assert.StartsWith("/filters/filters/0", (string)answer.Error["param"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"fieldId":"field-1"}""", "object at `/filters/filters/0` is missing required properties: valueType, operator")]
    [InlineData("""{"fieldId":1,"valueType":"text","operator":"is-empty"}""", "value at `/filters/filters/0/fieldId` is not a string")]
    [InlineData("""{"fieldId":"field-1004","valueType":"dropdown","operator":"is-empty","attributeId":"x"}""", "object property at `/filters/filters/0/attributeId` is a disallowed additional property")]
    public async Task A_leaf_must_name_what_it_filters(string leaf, string message)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync(Searches.All(leaf));
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData("""{"fieldId":"field-999","valueType":"text","operator":"is-empty"}""", "fieldId")]
    [InlineData("""{"fieldId":"field-1001","valueType":"text","operator":"is-empty"}""", "valueType")]
    [InlineData("""{"fieldId":"field-1003","valueType":"number","operator":"is-empty"}""", "valueType")]
    [InlineData("""{"fieldId":"field-1005","valueType":"dropdown","operator":"is-empty"}""", "valueType")]
    [InlineData("""{"fieldId":"field-1016","valueType":"number","operator":"is-empty"}""", "fieldId")]
    [InlineData("""{"fieldId":"last-email","valueType":"date","operator":"is-empty"}""", "attributeId")]
    [InlineData("""{"fieldId":"last-email","valueType":"date","operator":"is-empty","attributeId":"subject"}""", "attributeId")]
    [InlineData("""{"fieldId":"field-1003","valueType":"date","operator":"is-empty","attributeId":"date-of-activity"}""", "attributeId")]
    [Proves("SEARCH-13")]
    public async Task A_field_must_be_there_and_be_filtered_by_its_own_type_and_attribute(string leaf, string param)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync(Searches.All(Searches.Group("or", leaf)));
        Assert.Equal((HttpStatusCode.BadRequest, $"/filters/filters/0/filters/0/{param}"), (answer.Status, (string)answer.Error["param"]!));
    }

    [Theory]
    [InlineData("""{"fieldId":"field-999","direction":"asc"}""", "fieldId")]
    [InlineData("""{"fieldId":"field-1006","direction":"asc"}""", "fieldId")]
    [InlineData("""{"fieldId":"last-email","direction":"asc"}""", "attributeId")]
    [InlineData("""{"fieldId":"field-1001","direction":"asc","attributeId":"x"}""", "attributeId")]
    public async Task A_sort_needs_a_field_with_an_order(string sort, string param)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync($$"""{"sorts":[{{sort}}]}""");
        Assert.Equal((HttpStatusCode.BadRequest, $"/sorts/0/{param}"), (answer.Status, (string)answer.Error["param"]!));
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_first_of_the_schema_and_then_of_the_fields()
    {
        await using var sim = await Sim.StartAsync();
        static IEnumerable<string> Params(Answer answer) => answer.Json["errors"]!.AsArray().Select(error => (string)error!["param"]!);
        var broken = await sim.SearchAsync(
            """{"filters":{"operator":"and","filters":[{"fieldId":"a","valueType":"number","operator":"is-equal-to","value":"1"},2]},"sorts":[{}],"search":{"term":"a"}}""");
        Assert.Equal(["/filters/filters/0/value", "/filters/filters/1", "/sorts/0", "/search/term"], Params(broken));
        var unknown = await sim.SearchAsync(
            """{"filters":{"operator":"and","filters":[{"fieldId":"a","valueType":"number","operator":"is-equal-to","value":1}]},"sorts":[{"fieldId":"b","direction":"asc"}],"search":{"term":"acme","fieldIds":["c"]}}""");
        Assert.Equal(["/filters/filters/0/fieldId", "/sorts/0/fieldId", "/search/fieldIds/0"], Params(unknown));
    }

    [Fact]
    [Proves("SEARCH-4", "SEARCH-11", "SEARCH-5")]
    public async Task Filters_values_and_sorts_are_limited_in_number()
    {
        await using var sim = await Sim.StartAsync();
        var (arr, stage) = (sim.Account.Arr, sim.Account.Stage);
        string[] filters = [.. Enumerable.Repeat(arr.Filter("is-empty"), 51)];
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync(Searches.All(filters[..50]))).Status);
        Assert.Equal("array size at `/filters/filters` is greater than: 50", (await sim.SearchAsync(Searches.All(filters))).Message);
        static string Options(int count) => $"[{string.Join(",", Enumerable.Range(1, count).Select(id => $$"""{"dropdownOptionId":{{id}}}"""))}]";
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync(Searches.All(stage.Filter("is-any-of", Options(100))))).Status);
        Assert.Equal(
            "array size at `/filters/filters/0/value` is greater than: 100",
            (await sim.SearchAsync(Searches.All(stage.Filter("is-any-of", Options(101))))).Message);
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync(Searches.Sort([.. Enumerable.Repeat((arr, "asc"), 5)]))).Status);
        Assert.Equal("array size at `/sorts` is greater than: 5", (await sim.SearchAsync(Searches.Sort([.. Enumerable.Repeat((arr, "asc"), 6)]))).Message);
    }

    [Theory]
    [InlineData("number", "is-between", "[2,1]")]
    [InlineData("date", "is-between", "[\"2026-02-02\",\"2026-02-01\"]")]
    [InlineData("date", "is-between", "[\"2026-02-01\",\"2026-02-01\"]")]
    [InlineData("date", "is-between-relative", "{\"amount\":[30,7],\"unit\":\"day\"}")]
    [Proves("VER-24", "SEARCH-28")]
    public async Task Bounds_the_wrong_way_round_answer_400_since_2026_09_17_and_find_nothing_before(string valueType, string filterOperator, string value)
    {
        await using var sim = await Sim.StartAsync();
        var field = valueType == "number" ? sim.Account.Arr : sim.Account.Closed;
        var body = Searches.All(field.Filter(filterOperator, value));
        var answer = await sim.SearchAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith("/filters/filters/0/value", (string)answer.Error["param"]!, StringComparison.Ordinal);
        foreach (var version in (string[])["2026-07-15", "2024-01-01"])
        {
            var earlier = await sim.SearchAsync(body, version: version);
            Assert.Equal((HttpStatusCode.Created, 0), (earlier.Status, earlier.Data.Count));
        }
    }

    [Theory]
    [InlineData("is-between-relative", "[7]", "array size at `/filters/filters/0/value/amount` is less than: 2")]
    [InlineData("is-between-relative", "[0,7]", "number at `/filters/filters/0/value/amount/0` is less than: 1")]
    [InlineData("is-within-the-last", "[0]", "number at `/filters/filters/0/value/amount/0` is less than: 1")]
    [Proves("VER-25", "SEARCH-29")]
    public async Task A_relative_range_has_two_amounts_of_one_or_more_since_2026_09_17(string filterOperator, string amount, string message)
    {
        await using var sim = await Sim.StartAsync();
        var body = Searches.All(sim.Account.Closed.Filter(filterOperator, $$"""{"amount":{{amount}},"unit":"day"}"""));
        var answer = await sim.SearchAsync(body);
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync(body, version: "2026-07-15")).Status);
    }

    [Fact]
    [Proves("VER-18")]
    public async Task The_oldest_version_does_not_know_quarters()
    {
        await using var sim = await Sim.StartAsync();
        var body = Searches.All(sim.Account.Closed.Filter("is-within-the-last", """{"amount":[1],"unit":"quarter"}"""));
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync(body, version: "2026-07-15")).Status);
        var answer = await sim.SearchAsync(body, version: "2024-01-01");
        Assert.Equal((HttpStatusCode.BadRequest, "/filters/filters/0/value/unit"), (answer.Status, (string)answer.Error["param"]!));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("""{"search":{"term":"\ud800aaa"}}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task A_body_that_is_no_json_answers_400_bad_request(string body)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync(body);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-request"), (answer.Status, (string)answer.Error["code"]!));
    }

    [Fact]
    public async Task Groups_nested_beyond_what_json_allows_answer_400()
    {
        await using var sim = await Sim.StartAsync();
        var group = sim.Account.Arr.Filter("is-empty");
        for (var depth = 0; depth < 40; depth++)
        {
            group = Searches.Group("and", group);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SearchAsync(Searches.All(group))).Status);
    }

    [Fact]
    public async Task A_body_of_another_content_type_answers_415_and_an_empty_one_is_as_none()
    {
        await using var sim = await Sim.StartAsync();
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await sim.Client.PostAsync("v2/companies/search", text)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync("")).Status);
    }

    [Fact]
    [Proves("SEARCH-32")]
    public async Task Unknown_properties_can_be_taken()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Behavior.SearchTakesUnknownProperties = true;
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync("""{"filter":{},"search":{"term":"acme","exact":true}}""")).Status);
    }

    [Fact]
    public async Task The_schema_is_checked_before_the_list_is_looked_for()
    {
        await using var sim = await Sim.StartAsync();
        const string Path = "v2/lists/999/list-entries/search";
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SendAsync(HttpMethod.Post, Path, "[]")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.SendAsync(HttpMethod.Post, Path, "{}")).Status);
    }
}
