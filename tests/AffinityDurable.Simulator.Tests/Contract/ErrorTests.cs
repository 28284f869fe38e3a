using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class ErrorTests
{
    [Theory]
    [Proves("ERR-1", "ERR-2", "ERR-3", "ERR-4")]
    [InlineData("GET", "v2/nothing", null)]
    [InlineData("GET", "v2/lists/zero", null)]
    [InlineData("GET", "v2/lists/9", null)]
    [InlineData("GET", "v2/lists?limit=0", null)]
    [InlineData("DELETE", "v2/lists", null)]
    [InlineData("GET", "v2/companies/500002", null)]
    [InlineData("PATCH", "v2/lists/101/list-entries/9000001/fields", "{")]
    [InlineData("PATCH", "v2/lists/101/list-entries/9000001/fields", "{}")]
    [InlineData("PATCH", "v2/lists/101/list-entries/9000001/fields", """{"operation":"x","updates":[1,{}]}""")]
    [InlineData("PATCH", "v2/lists/101/list-entries/9000001/fields", """{"operation":"update-fields","updates":[{"id":"field-9"}]}""")]
    public async Task Errors_have_code_and_message_and_a_param_when_they_are_of_validation(string verb, string path, string? body)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Birch.MergeInto(sim.Account.Acme);
        AssertEnvelope((await sim.SendAsync(new HttpMethod(verb), path, body)).Json);
    }

    [Fact]
    [Proves("ERR-1", "ERR-2", "ERR-4")]
    public async Task Refusals_of_keys_and_limits_have_the_same_envelope()
    {
        await using var sim = await Sim.StartAsync(new() { CallsPerMinute = 0 });
        using var stranger = sim.ClientFor(null);
        using var unknown = await stranger.GetAsync("v2/lists");
        AssertEnvelope((await Answer.OfAsync(unknown)).Json);
        AssertEnvelope((await sim.GetAsync("v2/lists")).Json);
    }

    [Theory]
    [Proves("ERR-11", "ERR-12", "ERR-13", "ERR-16", "ERR-17", "ERR-18")]
    [InlineData(406, "not-acceptable")]
    [InlineData(408, "timeout")]
    [InlineData(409, "conflict")]
    [InlineData(415, "unsupported-media-type")]
    [InlineData(500, "server")]
    [InlineData(501, "not-implemented")]
    [InlineData(503, "server")]
    [InlineData(504, "timeout")]
    public async Task A_status_goes_with_its_code(int status, string code)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.FailNext(1, status);
        var answer = await sim.GetAsync("v2/lists");
        Assert.Equal((status, code), ((int)answer.Status, (string)answer.Error["code"]!));
        AssertEnvelope(answer.Json);
    }

    [Fact]
    [Proves("ERR-13")]
    public async Task A_body_that_is_not_declared_as_json_is_an_unsupported_media_type()
    {
        await using var sim = await Sim.StartAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var response = await sim.Client.PatchAsync($"{sim.EntryPath}/fields", content);
        var answer = await Answer.OfAsync(response);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), (answer.Status, (string)answer.Error["code"]!));
    }

    [Fact]
    [Proves("MSG-9")]
    public async Task A_value_that_is_none_of_the_legal_ones_is_told_them_all()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(
            """value at `/1` is not one of: ["list", "global", "enriched", "relationship-intelligence"]""",
            (await sim.GetAsync("v2/lists/101/list-entries?fieldTypes=list&fieldTypes=any")).Message);
    }

    private static void AssertEnvelope(JsonNode body)
    {
        Assert.Equal(["errors"], body.AsObject().Select(property => property.Key));
        Assert.NotEmpty(body["errors"]!.AsArray());
        Assert.All(body["errors"]!.AsArray(), error =>
        {
            string[] expected = (string)error!["code"]! == "validation" ? ["code", "message", "param"] : ["code", "message"];
            Assert.Equal(expected, error.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
            Assert.All(error.AsObject(), property => Assert.NotEmpty((string)property.Value!));
        });
    }
}
