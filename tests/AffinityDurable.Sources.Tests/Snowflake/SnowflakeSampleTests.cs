using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Tests.Databases;

namespace AffinityDurable.Sources.Tests.Snowflake;

/// <summary>The sample for Snowflake, against a server that gives what its query asks for.</summary>
public sealed class SnowflakeSampleTests : SnowflakeTestBase
{
    private static readonly SnowflakeScript Metrics = new()
    {
        Columns = [("WEBSITE", "TEXT"), ("ARR_USD", "FIXED"), ("BURN_USD", "FIXED"), ("CITY", "TEXT"), ("TAGS", "ARRAY")],
        Partitions = [[["acme.com", "1250.50", null, "Paris", "[\"AI\",\"SaaS\"]"]], [["beta.io", null, "10", null, null]]],
    };

    [Fact]
    public async Task The_sample_reads_the_whole_portfolio_and_in_a_restricted_run_its_domains()
    {
        await using var server = await SnowflakeServer.StartAsync(Metrics);
        var definition = SampleDefinition.Read("warehouse/portfolio-snowflake.yaml", Adapter(server));
        var request = Request() with { Source = definition.Sources[0], RunDate = new DateOnly(2026, 11, 22) };

        var whole = await QueryRead.OfAsync(Adapter(server), request);
        await QueryRead.OfAsync(Adapter(server), request with { Targets = [new SourceTarget(1, 11, ["acme.com"], [])] });

        Assert.Equal(["acme.com|1250.50|∅|Paris|[\"AI\",\"SaaS\"]", "beta.io|∅|10|∅|∅"], whole.Joined());
        Assert.Subset(whole.Columns.ToHashSet(StringComparer.OrdinalIgnoreCase), definition.Fields.Select(field => field.Column).ToHashSet(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["where month <= ?", "where domain in (?)"], server.Bodies.Select(body => body["statement"]!.GetValue<string>().Split('\n')[2].Trim()));
        Assert.Equal(["DATE", "TEXT"], server.Bodies.Select(body => body["bindings"]!["1"]!["type"]!.GetValue<string>()));
    }
}
