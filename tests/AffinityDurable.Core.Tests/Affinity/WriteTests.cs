using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Values;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Core.Tests.Affinity;

public sealed class WriteTests
{
    private const string Done = """{"operation":"update-fields"}""";

    [Fact]
    public async Task One_call_writes_all_changes_of_an_entry()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, Done);

        var answer = await fixture.Client.UpdateEntryFieldsAsync(
            77,
            9001,
            [
                new FieldUpdate("field-1", Fields.Type("ranked-dropdown"), new OptionValue(31)),
                new FieldUpdate("field-3", Fields.Type("number"), new NumberValue(12.5m)),
                new FieldUpdate("field-4", Fields.Type("text"), null),
            ],
            default);

        var call = fixture.Server.Calls.Single();
        Assert.Equal(3, answer.Require());
        Assert.Equal(("PATCH", "/v2/lists/77/list-entries/9001/fields", "application/json"), (call.Method, call.Path, call.Headers["Content-Type"]));
        Assert.Equal(
            """{"operation":"update-fields","updates":[{"id":"field-1","value":{"type":"ranked-dropdown","data":{"dropdownOptionId":31}}},{"id":"field-3","value":{"type":"number","data":12.5}},{"id":"field-4","value":{"type":"text","data":null}}]}""",
            call.Body);
    }

    [Fact]
    public async Task A_hundred_updates_are_one_call()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, Done);

        Assert.Equal(100, (await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(100), default)).Require());
    }

    [Fact]
    public async Task None_or_more_than_a_hundred_updates_or_two_for_one_field_do_not_leave()
    {
        await using var fixture = await ClientFixture.StartAsync();
        FieldUpdate[] twice = [Fields.Number("field-1", 1), Fields.Number("field-2", 2), Fields.Number("field-1", 3)];

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Client.UpdateEntryFieldsAsync(77, 9001, [], default));
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(101), default));
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Client.UpdateEntryFieldsAsync(77, 9001, twice, default));
        Assert.Empty(fixture.Server.Calls);
    }

    [Fact]
    public async Task Many_writes_at_once_do_not_mix_their_bodies()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, Done);

        await Parallel.ForAsync(1, 401, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (entry, token) =>
            Assert.True((await fixture.Client.UpdateEntryFieldsAsync(77, entry, [Fields.Number($"field-{entry}", entry)], token)).Succeeded));

        Assert.Equal(400, fixture.Server.Calls.Count);
        Assert.All(fixture.Server.Calls, call =>
        {
            var entry = call.Path.Split('/')[5];
            Assert.Equal($$$"""{"operation":"update-fields","updates":[{"id":"field-{{{entry}}}","value":{"type":"number","data":{{{entry}}} }}]}""".Replace(" ", "", StringComparison.Ordinal), call.Body);
        });
    }

    [Fact]
    public async Task A_read_only_client_reads_and_writes_nothing()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, """{"id":77,"name":"Deals","type":"company"}""");
        var client = fixture.Services.GetRequiredKeyedService<AffinityClient>(AffinityClient.ReadOnlyKey);

        var write = await client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default);

        Assert.Equal((FaultKind.WritesDisabled, 0), (write.Fault!.Kind, write.Calls));
        Assert.Empty(fixture.Server.Calls);
        Assert.True((await client.ListAsync(77, default)).Succeeded);
        Assert.Equal(FaultKind.WritesDisabled, (await fixture.Client.ReadOnly().UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default)).Fault?.Kind);
        Assert.Single(fixture.Server.Calls);
    }

    [Fact]
    public async Task A_read_only_client_searches_although_Affinity_takes_searches_as_POST()
    {
        await using var fixture = await ClientFixture.StartAsync(options => options.WritesEnabled = false);
        fixture.Server.Then(201, """{"data":[{"id":21,"firstName":"Ada","lastName":"Byron","emailAddresses":["ada@example.vc"]}],"pagination":{"nextUrl":null}}""");

        var found = (await fixture.Client.ReadOnly().SearchPageAsync(persons: true, "ada@", null, default)).Require().Items.Single();

        Assert.Equal((21L, "Ada Byron", "ada@example.vc"), (found.Id, found.Name, found.Emails.Single()));
    }

    [Theory]
    [InlineData("v2/lists/77/list-entries")]
    [InlineData("v2/companies/search/fields")]
    [InlineData("v2/search")]
    public async Task A_POST_that_is_no_search_is_stopped_at_the_gate(string path)
    {
        await using var fixture = await ClientFixture.StartAsync(options => options.WritesEnabled = false);
        using var http = fixture.Services.GetRequiredService<IHttpClientFactory>().CreateClient("affinity");

        await Assert.ThrowsAsync<WriteRefusedException>(() => http.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Server.Address, path))));
        Assert.Empty(fixture.Server.Calls);
    }

    [Fact]
    public async Task Any_method_but_GET_is_stopped_at_the_gate()
    {
        await using var fixture = await ClientFixture.StartAsync(options => options.WritesEnabled = false);
        using var http = fixture.Services.GetRequiredService<IHttpClientFactory>().CreateClient("affinity");
        fixture.Server.Then(200, "{}");

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            await Assert.ThrowsAsync<WriteRefusedException>(() => http.SendAsync(new HttpRequestMessage(method, fixture.Server.Address)));
        }

        Assert.Empty(fixture.Server.Calls);
        Assert.True((await http.GetAsync(fixture.Server.Address)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Writes_can_be_switched_off_and_on_while_the_program_runs()
    {
        await using var server = await ScriptedAffinity.StartAsync();
        server.Then(200, Done);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Affinity:BaseAddress"] = server.Address.ToString(),
            ["Affinity:ApiKey"] = "key",
        }).Build();
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddAffinityClient(configuration).BuildServiceProvider();
        var client = services.GetRequiredService<AffinityClient>();

        async Task<FaultKind?> Write(string? enabled)
        {
            configuration["Writes:Enabled"] = enabled;
            configuration.Reload();
            return (await client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default)).Fault?.Kind;
        }

        Assert.Null(await Write(null));
        Assert.Equal(FaultKind.WritesDisabled, await Write("false"));
        Assert.Null(await Write("true"));
        await Assert.ThrowsAnyAsync<Exception>(() => Write("flase"));
        Assert.Equal(2, server.Calls.Count);
    }

    [Theory]
    [InlineData("http://api.affinity.co")]
    [InlineData("https://user:pass@api.affinity.co")]
    [InlineData("ftp://api.affinity.co")]
    public void The_key_does_not_travel_in_the_clear(string address)
    {
        using var services = new ServiceCollection().AddAffinityClient(options => options.BaseAddress = new Uri(address)).BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(services.GetRequiredService<AffinityClient>);

        Assert.Contains("Affinity:BaseAddress", exception.Message, StringComparison.Ordinal);
    }
}
