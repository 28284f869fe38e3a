using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Core.Tests.Affinity;

public sealed class KeyTests
{
    private const string List = """{"id":77,"name":"Deals","type":"company"}""";

    [Fact]
    public async Task The_key_goes_out_as_a_bearer_token()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, List);

        await fixture.Client.ListAsync(77, default);

        Assert.Equal($"Bearer {ClientFixture.Canary}", fixture.Server.Calls.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task A_401_makes_the_key_be_read_again_and_the_call_repeated()
    {
        await using var fixture = await ClientFixture.StartAsync(more: services => services.AddSingleton<IAffinityKey>(new ScriptedKey("old-key", "new-key")));
        fixture.Server.Then(Reply.Error(401, "authentication", "Invalid key.")).Then(200, """{"operation":"update-fields"}""");

        var answer = await fixture.Client.UpdateEntryFieldsAsync(77, 9001, Fields.Numbers(1), default);

        Assert.True(answer.Succeeded);
        Assert.Equal(["Bearer old-key", "Bearer new-key"], fixture.Server.Calls.Select(call => call.Headers["Authorization"]));
        Assert.Single(fixture.Server.Calls.Select(call => call.Body).Distinct());
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task A_key_that_was_rotated_twice_meanwhile_is_found()
    {
        await using var fixture = await ClientFixture.StartAsync(more: services => services.AddSingleton<IAffinityKey>(new ScriptedKey("first", "second", "third")));
        fixture.Server
            .Then(Reply.Error(401, "authentication", "Invalid key."))
            .Then(Reply.Error(401, "authentication", "Invalid key."))
            .Then(200, List);

        var answer = await fixture.Client.ListAsync(77, default);

        Assert.True(answer.Succeeded);
        Assert.Equal(["Bearer first", "Bearer second", "Bearer third"], fixture.Server.Calls.Select(call => call.Headers["Authorization"]));
    }

    [Fact]
    public async Task Keys_that_are_all_refused_come_to_an_end()
    {
        var keys = Enumerable.Range(1, 50).Select(number => $"key-{number}").ToArray();
        await using var fixture = await ClientFixture.StartAsync(more: services => services.AddSingleton<IAffinityKey>(new ScriptedKey(keys)));
        fixture.Server.Then(Reply.Error(401, "authentication", "Invalid key."));

        var answer = await fixture.Client.ListAsync(77, default);

        Assert.Equal((FaultKind.Unauthenticated, 5), (answer.Fault?.Kind, fixture.Server.Calls.Count));
    }

    [Fact]
    public async Task A_second_401_is_the_answer()
    {
        var key = new ScriptedKey("revoked");
        await using var fixture = await ClientFixture.StartAsync(more: services => services.AddSingleton<IAffinityKey>(key));
        fixture.Server.Then(Reply.Error(401, "authentication", "Invalid key."));

        var answer = await fixture.Client.ListAsync(77, default);

        Assert.Equal(FaultKind.Unauthenticated, answer.Fault?.Kind);
        Assert.Equal((1, 2), (key.Refreshes, fixture.Server.Calls.Count));
    }

    [Fact]
    public async Task The_key_is_in_no_fault_exception_or_log()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var echo = $"Rejected: Authorization Bearer {ClientFixture.Canary}";
        fixture.Server
            .Then(Reply.Error(401, "authentication", echo))
            .Then(Reply.Error(401, ClientFixture.Canary, echo))
            .Then(Reply.Error(503, "server", echo))
            .Then(Reply.Reset)
            .Then(Reply.HalfThenReset)
            .Then(200, $"\"{ClientFixture.Canary}", ("x-affinity-api-version", Reply.Version))
            .Then(400, $$"""{"errors":[{"code":"validation","param":"{{ClientFixture.Canary}}","message":"{{echo}}"}]}""");

        var seen = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var answer = await fixture.Client.ListAsync(77, default);
            seen.Add($"{answer} {string.Join(' ', answer.Fault!.Items)}");
            seen.Add(Assert.Throws<AffinityException>(() => answer.Require()).ToString());
        }

        Assert.NotEmpty(fixture.Logged);
        Assert.All(seen.Concat(fixture.Logged), text => Assert.DoesNotContain(ClientFixture.Canary, text, StringComparison.Ordinal));
        Assert.Contains(seen, text => text.Contains("***", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("canary-with\nline")]
    [InlineData("canary with blank")]
    [InlineData("canary-ümlaut")]
    [InlineData("")]
    public async Task A_key_that_no_header_can_carry_is_refused_without_showing_it(string key)
    {
        await using var fixture = await ClientFixture.StartAsync(more: services => services.AddSingleton<IAffinityKey>(new ScriptedKey(key)));

        var exception = await Assert.ThrowsAsync<ProblemException>(() => fixture.Client.ListAsync(77, default));

        Assert.Equal(AffinityErrors.NoKey.Id, exception.Problems.Single().Code);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(fixture.Server.Calls);
    }

    [Fact]
    public async Task The_configured_key_is_trimmed_and_read_again_after_a_rotation()
    {
        var source = new RotatingSource();
        var configuration = new ConfigurationBuilder().Add(source).Build();
        var key = new ConfiguredAffinityKey(configuration);

        source.Key = "second";

        Assert.Equal("first", await key.GetAsync(refresh: false, default));
        Assert.Equal("second", await key.GetAsync(refresh: true, default));
    }

    [Fact]
    public async Task Without_a_key_the_problem_names_the_setting()
    {
        var key = new ConfiguredAffinityKey(new ConfigurationBuilder().Build());

        var exception = await Assert.ThrowsAsync<ProblemException>(async () => await key.GetAsync(refresh: false, default));

        Assert.Contains("Affinity:ApiKey", exception.Message, StringComparison.Ordinal);
    }

    private sealed class RotatingSource : ConfigurationProvider, IConfigurationSource
    {
        public string Key { get; set; } = "first\n";

        public override void Load() => Data["Affinity:ApiKey"] = Key;

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
    }
}
