using System.Net;
using System.Text.RegularExpressions;

namespace AffinityDurable.Cli.Tests;

/// <summary>Keys of the HTTP API, and what they open.</summary>
public sealed partial class KeysTests
{
    [Fact]
    public async Task A_key_opens_the_host_that_has_its_hash_and_commands_go_on_without_one()
    {
        await using var workplace = await Workplace.CreateAsync(3);
        var made = await workplace.RunAsync("keys", "new", "hightouch", "--role", "operator");
        foreach (Match setting in Setting().Matches(made.Output))
        {
            workplace.Environment[setting.Groups["name"].Value] = setting.Groups["value"].Value;
        }

        await using var host = workplace.Start("serve", "--listen", "http://0.0.0.0:0");
        await host.UntilAsync(() => host.Output.Contains("Serving", StringComparison.Ordinal));
        var port = Port().Match(host.Output).Groups["port"].Value;
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        var address = $"http://127.0.0.1:{port}/api/runs/metrics@20260303T0200Z";
        var without = await http.GetAsync(address);
        http.DefaultRequestHeaders.Add("X-Api-Key", Key().Match(made.Output).Value);
        var with = await http.GetAsync(address);
        var plan = await workplace.RunAsync("plan", Workplace.Sync);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.NotFound], new[] { without.StatusCode, with.StatusCode });
        Assert.Contains("whoever has a key", host.Output, StringComparison.Ordinal);
        Assert.True(plan.ExitCode == ExitCodes.Succeeded, plan.ToString());
    }

    [Fact]
    public async Task Other_machines_are_not_served_without_a_key()
    {
        await using var workplace = await Workplace.CreateAsync(1);

        var serve = await workplace.RunAsync("serve", "--listen", "http://0.0.0.0:0");

        Assert.True(serve.ExitCode == ExitCodes.Failed, serve.ToString());
        Assert.Contains("AFF746 '0.0.0.0'", serve.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_a_key_that_could_approve_does_not_start()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        workplace.Environment["Access__Keys__hightouch__Hash"] = $"sha256:{new string('0', 64)}";
        workplace.Environment["Access__Keys__hightouch__Role"] = "approver";

        var serve = await workplace.RunAsync("serve", "--listen", "http://127.0.0.1:0");

        Assert.True(serve.ExitCode == ExitCodes.Usage, serve.ToString());
        Assert.StartsWith("AFF745", serve.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new", "high-touch")]
    [InlineData("new", "hightouch", "--role", "approver")]
    [InlineData("new")]
    public async Task A_key_that_no_host_would_take_is_not_made(params string[] arguments)
    {
        await using var workplace = await Workplace.CreateAsync(1);

        var made = await workplace.RunAsync(["keys", .. arguments]);

        Assert.True(made.ExitCode == ExitCodes.Usage, made.ToString());
        Assert.DoesNotContain("adk_", made.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("^  (?<name>Access__[^=]+)=(?<value>.+?)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();

    [GeneratedRegex("adk_[A-Za-z0-9_-]+")]
    private static partial Regex Key();

    [GeneratedRegex(@"http://0\.0\.0\.0:(?<port>\d+)/api", RegexOptions.ExplicitCapture)]
    private static partial Regex Port();
}
