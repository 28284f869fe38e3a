using System.Text.RegularExpressions;
using AffinityDurable.Functions.Tests.Work;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Pushing;

/// <summary>The examples of the page about pushed rows.</summary>
public sealed class PushPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "sources", "push.md"));

    [Fact]
    public async Task The_definition_takes_the_bodies_and_the_run_writes_them()
    {
        await using var app = await TestApp.StartAsync(companies: 1, host: options => options.Listen = new Uri("http://127.0.0.1:0"));
        var company = app.World.List.AddEntry(app.World.Tenant.AddCompany("Acorn", "acornai.com"));
        var other = app.World.List.AddEntry(app.World.Tenant.AddCompany("Delta", "deltacloud.io"));
        await File.WriteAllTextAsync(Path.Combine(app.Directory, "syncs", "pushed-metrics.yaml"), Assert.Single(Examples("yaml")) + "approval: never\nverify: none\n");
        using var http = app.Http();

        var clock = app.Host.Engine.HoldClock();
        foreach (var body in Examples("json").Concat(Examples("jsonl")))
        {
            var (status, answer) = await http.PushAsync(body, path: "/api/syncs/pushed-metrics/rows");
            Assert.Equal(202, status);
            Assert.All(Regex.Matches(Assert.Single(Examples("text")), "\"(?<name>\\w+)\":").Select(match => match.Groups["name"].Value), name => Assert.True(answer.TryGetProperty(name, out _), name));
        }

        clock.Dispose();
        await app.DoneAsync();
        Assert.Equal((1250000.5, 730000d), ((double?)company.Get(app.World.Arr), (double?)other.Get(app.World.Arr)));
    }

    [Fact]
    public async Task The_template_for_Census_gives_a_body_that_is_taken()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        var loop = Regex.Match(Assert.Single(Examples("liquid")), @"\{% for record in records %\}(?<row>.*?)\{% endfor %\}", RegexOptions.Singleline).Groups["row"].Value;
        var rows = new[] { 1, 2 }.Select(n => loop.Replace("{{ record['WEBSITE'] }}", $"company-{n}.com", StringComparison.Ordinal).Replace("{{ record['ARR_USD'] }}", $"{n}", StringComparison.Ordinal));
        app.DefinePush();

        var (status, answer) = await http.PushAsync($"[{string.Concat(rows)}]".Replace("arr_usd", "arr", StringComparison.Ordinal));

        Assert.Equal((202, 2), (status, answer.GetProperty("rows").GetInt32()));
    }

    private static IReadOnlyList<string> Examples(string language) =>
        [.. Regex.Matches(Page, $"```{language}\n(?<text>.*?)```", RegexOptions.Singleline).Select(match => match.Groups["text"].Value)];

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AffinityDurable.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
