using System.Text.RegularExpressions;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Cli.Tests;

/// <summary>The webhook of this app among those of the organisation.</summary>
public sealed partial class WebhookTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Registered_once_the_webhook_is_brought_up_to_date_and_removed_with_no_other_touched()
    {
        await using var workplace = await CreateAsync("onNewEntry: true");
        workplace.Simulator.Tenant.AddWebhook(new Uri("http://127.0.0.1:9/hooks/somebody-s-secret"));
        await using var host = workplace.Start("serve", "--listen", "http://127.0.0.1:0");
        await host.UntilAsync(() => host.Output.Contains("Serving", StringComparison.Ordinal));
        var url = Address().Match(host.Output).Value;

        var registered = await workplace.RunAsync("webhook", "register", "--url", url);
        workplace.WriteDefinition("onField: { name: Owner }");
        var again = await workplace.RunAsync("webhook", "register", "--url", url);
        var ours = Assert.Single(workplace.Simulator.Tenant.Webhooks, webhook => webhook.Url.AbsoluteUri.EndsWith(Token, StringComparison.Ordinal));
        var status = await workplace.RunAsync("webhook", "status");
        var removed = await workplace.RunAsync("webhook", "remove");

        Assert.True(registered.ExitCode == ExitCodes.Succeeded, registered.ToString());
        Assert.Contains("Registered: list_entry.created", registered.Output, StringComparison.Ordinal);
        Assert.Contains("Brought up to date: field_value.created", again.Output, StringComparison.Ordinal);
        Assert.Equal(["field_value.created", "field_value.updated", "field_value.deleted"], ours.Events);
        Assert.Contains("2 of 3 webhooks of the organisation are taken.", status.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", status.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, status.ToString() + registered, StringComparison.Ordinal);
        Assert.Contains("is removed", removed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", Assert.Single(workplace.Simulator.Tenant.Webhooks).Url.Host, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_all_webhooks_taken_by_others_none_is_registered()
    {
        await using var workplace = await CreateAsync("onNewEntry: true");
        for (var other = 1; other <= 3; other++)
        {
            workplace.Simulator.Tenant.AddWebhook(new Uri($"http://127.0.0.1:9/{other}"));
        }

        var registered = await workplace.RunAsync("webhook", "register", "--url", "http://127.0.0.1:9");
        var status = await workplace.RunAsync("webhook", "status");

        Assert.True(registered.ExitCode == ExitCodes.Failed, registered.ToString());
        Assert.Contains("AFF761", registered.Error, StringComparison.Ordinal);
        Assert.Contains("3 of 3 webhooks of the organisation are taken; none is of this app.", status.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:9", "AFF765")]
    [InlineData("onField: { name: Nobody }", "http://127.0.0.1:9", "AFF130")]
    [InlineData("onNewEntry: true", "http://127.0.0.1:9", "AFF766")]
    public async Task What_cannot_work_is_said(string definition, string url, string code)
    {
        await using var workplace = await CreateAsync(definition);

        var registered = await workplace.RunAsync("webhook", "register", "--url", url);

        Assert.True(registered.ExitCode == ExitCodes.Failed, registered.ToString());
        Assert.Contains(code, registered.Error, StringComparison.Ordinal);
        Assert.Empty(workplace.Simulator.Tenant.Webhooks);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_registered_and_one_can_be_made()
    {
        await using var workplace = await CreateAsync("onNewEntry: true");
        workplace.Environment.Remove("Webhooks__Affinity__Token");

        var registered = await workplace.RunAsync("webhook", "register", "--url", "http://127.0.0.1:9");
        var token = await workplace.RunAsync("webhook", "token");

        Assert.Contains("AFF764", registered.Error, StringComparison.Ordinal);
        Assert.Matches("^Webhooks__Affinity__Token=[0-9a-f]{48}\\s*$", token.Output);
    }

    [Theory]
    [InlineData("http://sync.example.com")]
    [InlineData("sync.example.com")]
    [InlineData("https://user@sync.example.com")]
    public async Task An_address_that_is_not_safe_is_wrong_usage(string url)
    {
        await using var workplace = await CreateAsync("onNewEntry: true");

        Assert.Equal(ExitCodes.Usage, (await workplace.RunAsync("webhook", "register", "--url", url)).ExitCode);
    }

    [Fact]
    public async Task A_host_with_a_token_that_is_too_short_does_not_start()
    {
        await using var workplace = await CreateAsync("onNewEntry: true");
        workplace.Environment["Webhooks__Affinity__Token"] = "short";

        var serve = await workplace.RunAsync("serve", "--listen", "http://127.0.0.1:0");

        Assert.Contains("AFF764", serve.Error, StringComparison.Ordinal);
        Assert.NotEqual(ExitCodes.Succeeded, serve.ExitCode);
    }

    private static async Task<Workplace> CreateAsync(string definition)
    {
        var workplace = await Workplace.CreateAsync(3);
        workplace.List.Text("Owner");
        workplace.WriteDefinition(definition);
        workplace.Environment["Webhooks__Affinity__Token"] = Token;
        return workplace;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
