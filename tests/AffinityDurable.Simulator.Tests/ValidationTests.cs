using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class ValidationTests
{
    public static TheoryData<string, string, string> Bad => new()
    {
        { "ARR", "\"12.5\"", "value at `/updates/0/value/data` is not a number" },
        { "ARR", "true", "value at `/updates/0/value/data` is not a number" },
        { "ARR", "1e999", "value at `/updates/0/value/data` is not a number" },
        { "Note", "5", "value at `/updates/0/value/data` is not a string" },
        { "Keyword", "[\"a\"]", "value at `/updates/0/value/data` is not a string" },
        { "Keywords", "\"a\"", "value at `/updates/0/value/data` is not an array" },
        { "Keywords", "[\"a\",{\"b\":[1]},\"c\"]", "value at `/updates/0/value/data/1` is not a string" },
        { "Scores", "[\"1\"]", "value at `/updates/0/value/data/0` is not a number" },
        { "Closed", "\"2024-04-01\"", "value at `/updates/0/value/data` does not match format: date-time" },
        { "Closed", "\"2024-04-01T12:00:00\"", "value at `/updates/0/value/data` does not match format: date-time" },
        { "Closed", "\"2024-02-30T12:00:00Z\"", "value at `/updates/0/value/data` does not match format: date-time" },
        { "Closed", "\"2024-04-01 12:00:00Z\"", "value at `/updates/0/value/data` does not match format: date-time" },
        { "Closed", "\"2024-04-01T12:00:00.Z\"", "value at `/updates/0/value/data` does not match format: date-time" },
        { "Closed", "1711972800", "value at `/updates/0/value/data` is not a string" },
        { "HQ", """{"city":"Berlin","country":"Germany"}""", "object at `/updates/0/value/data` is missing required properties: streetAddress, state, continent" },
        { "HQ", """{"streetAddress":null,"city":1,"state":null,"country":null,"continent":null}""", "value at `/updates/0/value/data/city` is not a string" },
        { "HQ", """{"streetAddress":null,"city":null,"state":null,"country":null,"continent":null,"zip":"1"}""", "object property at `/updates/0/value/data/zip` is a disallowed additional property" },
        { "HQ", "\"Berlin\"", "value at `/updates/0/value/data` is not null" },
        { "Stage", "3001", "value at `/updates/0/value/data` is not null" },
        { "Stage", "{}", "object at `/updates/0/value/data` is missing required properties: dropdownOptionId" },
        { "Stage", """{"dropdownOptionId":"3001"}""", "value at `/updates/0/value/data/dropdownOptionId` is not an integer" },
        { "Stage", """{"dropdownOptionId":0}""", "number at `/updates/0/value/data/dropdownOptionId` is less than: 1" },
        { "Stage", """{"dropdownOptionId":9007199254740992}""", "number at `/updates/0/value/data/dropdownOptionId` is greater than: 9007199254740991" },
        { "Stage", """{"dropdownOptionId":3001,"text":"Seed"}""", "object property at `/updates/0/value/data/text` is a disallowed additional property" },
        { "Tags", """{"dropdownOptionId":3005}""", "value at `/updates/0/value/data` is not an array" },
        { "Tags", "[3005]", "value at `/updates/0/value/data/0` is not null" },
        { "Owner", "21", "value at `/updates/0/value/data` is not null" },
        { "Owner", """{"id":21,"firstName":"Ada"}""", "object property at `/updates/0/value/data/firstName` is a disallowed additional property" },
        { "Parent", """{"id":1.5}""", "value at `/updates/0/value/data/id` is not an integer" },
        { "Peers", """{"id":500002}""", "value at `/updates/0/value/data` is not an array" },
    };

    [Theory]
    [Proves(
        "ERR-6", "ERR-22", "MSG-1", "MSG-3", "MSG-4", "MSG-5", "MSG-6", "MSG-11", "MSG-12", "MSG-13", "MSG-15",
        "WRITE-32", "WRITE-33", "WRITE-41", "WRITE-42", "WRITE-43", "WRITE-44", "WRITE-47", "WRITE-48")]
    [MemberData(nameof(Bad))]
    public async Task Data_that_breaks_the_schema_answers_400_with_its_pointer(string name, string data, string message)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchAsync(sim.Account.List.Fields.Single(each => each.Name == name).To(data));
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
        Assert.Equal("validation", (string)answer.Error["code"]!);
        Assert.StartsWith("/updates/0/value/data", (string)answer.Error["param"]!, StringComparison.Ordinal);
        Assert.Equal(0, sim.Server.Counters.StoredUpdates);
    }

    [Theory]
    [Proves(
        "MSG-7", "MSG-10", "MSG-12", "MSG-13", "MSG-18", "MSG-19", "WRITE-5", "WRITE-8", "WRITE-11", "WRITE-30",
        "WRITE-34")]
    [InlineData("[]", "value at root is not an object")]
    [InlineData("{}", "object at root is missing required properties: operation, updates")]
    [InlineData("""{"operation":"update-fields"}""", "object at root is missing required properties: updates")]
    [InlineData("""{"operation":"delete","updates":[]}""", "value at `/operation` is not: \"update-fields\"")]
    [InlineData("""{"operation":"update-fields","updates":{}}""", "value at `/updates` is not an array")]
    [InlineData("""{"operation":"update-fields","updates":[1]}""", "value at `/updates/0` is not an object")]
    [InlineData("""{"operation":"update-fields","updates":[{}]}""", "object at `/updates/0` is missing required properties: id")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"field-1001","value":1}]}""", "value at `/updates/0/value` is not an object")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"field-1001","value":{"data":1}}]}""", "object at `/updates/0/value` is missing required properties: type")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"field-1001","value":{"type":"number"}}]}""", "object at `/updates/0/value` is missing required properties: data")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"field-1001","value":{"type":"text-multi","data":null}}]}""", "value at `/updates/0/value` does not match `discriminator` schema")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"field-1001","value":{"type":"datetime-multi","data":null}}]}""", "value at `/updates/0/value` does not match `discriminator` schema")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"field-1001","value":{"type":"ranked-dropdown-multi","data":null}}]}""", "value at `/updates/0/value` does not match `discriminator` schema")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"field-1001","value":{"type":"status-dropdown","data":null}}]}""", "value at `/updates/0/value` does not match `discriminator` schema")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"field-1001","value":{"type":"number","data":1,"totalCount":1}}]}""", "object property at `/updates/0/value/totalCount` is a disallowed additional property")]
    public async Task A_body_that_breaks_the_schema_answers_400(string body, string message)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchBodyAsync(body);
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
        Assert.NotNull(answer.Error["param"]);
    }

    [Theory]
    [Proves("ERR-5")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"operation":"update-fields","updates":[]} x""")]
    [InlineData("""{"operation":"update-fields","updates":[{"id":"\ud800"}]}""")]
    public async Task A_body_that_is_no_json_answers_400_bad_request(string body)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchBodyAsync(body);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-request"), (answer.Status, (string)answer.Error["code"]!));
    }

    [Fact]
    [Proves("ERR-1")]
    public async Task All_violations_of_a_body_are_named_at_once()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchAsync(sim.Account.Arr.To("\"1\""), sim.Account.Note.To("\"fine\""), sim.Account.Note.To("2"));
        Assert.Equal(
            ["/updates/0/value/data", "/updates/2/value/data"], answer.Json["errors"]!.AsArray().Select(error => (string)error!["param"]!));
    }

    [Fact]
    public async Task The_order_of_type_and_data_does_not_matter()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchBodyAsync(
            """{"updates":[{"value":{"data":{"dropdownOptionId":3001},"type":"dropdown"},"id":"field-1004"}],"operation":"update-fields"}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Seed", (string)(await sim.ReadAsync(sim.Account.Stage))["data"]!["text"]!);
    }

    [Fact]
    public async Task Batch_body_items_and_dropdown_values_take_additional_properties()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchBodyAsync(
            """{"operation":"update-fields","note":1,"updates":[{"id":"field-1004","x":[1],"value":{"type":"dropdown","data":{"dropdownOptionId":3001},"y":{}}}]}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    [Proves("MSG-14", "WRITE-6")]
    public async Task A_hundred_updates_are_taken_and_one_more_is_refused()
    {
        await using var sim = await Sim.StartAsync();
        string[] updates = [.. Enumerable.Range(0, 101).Select(number => sim.Account.Arr.To($"{number}"))];
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(updates[..100])).Status);
        var answer = await sim.PatchAsync(updates);
        Assert.Equal("array size at `/updates` is greater than: 100", answer.Message);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync()).Status);
    }

    [Fact]
    [Proves("MSG-14", "WRITE-25")]
    public async Task Multi_values_take_a_hundred_items_except_dropdowns()
    {
        await using var sim = await Sim.StartAsync();
        var people = string.Join(",", Enumerable.Repeat("""{"id":21}""", 101));
        Assert.Equal("array size at `/updates/0/value/data` is greater than: 100", (await sim.PatchAsync(sim.Account.Owners.To($"[{people}]"))).Message);
        var options = string.Join(",", Enumerable.Repeat("""{"dropdownOptionId":3005}""", 101));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Tags.To($"[{options}]"))).Status);
    }

    [Theory]
    [Proves("WRITE-40")]
    [InlineData("filterable-text", "\"x\"")]
    [InlineData("text", "null")]
    [InlineData("ranked-dropdown", """{"dropdownOptionId":3001}""")]
    public async Task The_type_must_be_the_value_type_of_the_field(string type, string data)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchAsync(sim.Account.Stage.To(type, data));
        Assert.Equal((HttpStatusCode.BadRequest, "/updates/0"), (answer.Status, (string)answer.Error["param"]!));
        Assert.Contains("dropdown", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stage", """{"dropdownOptionId":3005}""")]
    [InlineData("Tags", """[{"dropdownOptionId":3005},{"dropdownOptionId":3001}]""")]
    [InlineData("Owner", """{"id":404}""")]
    [InlineData("Peers", """[{"id":500001},{"id":404}]""")]
    public async Task What_is_referred_to_must_exist_and_an_option_belong_to_the_field(string name, string data)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchAsync(sim.Account.List.Fields.Single(each => each.Name == name).To(data));
        Assert.Equal((HttpStatusCode.BadRequest, "validation"), (answer.Status, (string)answer.Error["code"]!));
    }

    [Fact]
    public async Task Types_without_an_update_schema_are_refused()
    {
        await using var sim = await Sim.StartAsync();
        foreach (var field in (Field[])[sim.Account.Margin, sim.Account.LastEmail])
        {
            Assert.Equal("value at `/updates/0/value` does not match `discriminator` schema", (await sim.PatchAsync(field.To("null"))).Message);
            Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(field.To("text", "null"))).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync($$"""{"id":"{{field.Id}}"}""")).Status);
        }
    }

    [Theory]
    [Proves("WRITE-60")]
    [InlineData(400)]
    [InlineData(404)]
    public async Task An_unknown_field_answers_400_or_as_switched_404(int status)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Behavior.UnknownFieldStatus = status;
        var answer = await sim.PatchAsync("""{"id":"field-999","value":{"type":"number","data":1}}""");
        Assert.Equal(status, (int)answer.Status);
        var single = await sim.SendAsync(HttpMethod.Post, $"{sim.EntryPath}/fields/field-999", """{"value":{"type":"number","data":1}}""");
        Assert.Equal(status, (int)single.Status);
    }

    [Theory]
    [Proves("ERR-22")]
    [InlineData("{}", "object at root is missing required properties: value")]
    [InlineData("""{"value":{"type":"number","data":"1"}}""", "value at `/value/data` is not a number")]
    [InlineData("""{"value":{"type":"number","data":1},"id":"x"}""", "object property at `/id` is a disallowed additional property")]
    public async Task A_single_update_is_checked_as_strictly(string body, string message)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, $"{sim.EntryPath}/fields/{sim.Account.Arr.Id}", body);
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
    }

    [Fact]
    [Proves("ERR-21")]
    public async Task The_schema_is_checked_before_the_entry_is_looked_for()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Patch, "v2/lists/101/list-entries/1/fields", "{}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }
}
