using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Tests.Databases;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Sources.Tests.Postgres;

/// <summary>The sample for PostgreSQL, on a database as it supposes one.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresSampleTests(PostgresServer server) : PostgresTestBase(server)
{
    [ServiceFact(Service.Postgres)]
    public async Task The_sample_reads_what_changed_and_in_a_restricted_run_its_companies()
    {
        await Server.ExecuteAsync("""
            drop schema if exists portfolio cascade;
            create schema portfolio;
            create table portfolio.metrics (company_id bigint, arr_usd numeric(14,2), headcount int, stage text, valued_on date, updated_at timestamp);
            insert into portfolio.metrics values
                (11, 1250.50, 12, 'Seed', '2026-10-31', '2026-11-20T10:00:00'),
                (12, null, 40, 'Series A', null, '2026-11-21T01:30:00');
            grant usage on schema portfolio to reader;
            grant select on portfolio.metrics to reader
            """);
        var request = SampleRequest() with { LastSuccess = new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero) };

        var changed = await QueryRead.OfAsync(Adapter(), request);
        var targeted = await QueryRead.OfAsync(Adapter(), request with { Targets = [new SourceTarget(1, 11, ["acme.com"], [])] });

        Assert.Equal(["company_id", "arr_usd", "headcount", "stage", "valued_on"], changed.Columns);
        Assert.Equal(["12|∅|40|Series A|∅"], changed.Joined());
        Assert.Equal(["11|1250.50|12|Seed|2026-10-31"], targeted.Joined());
    }

    [ServiceFact(Service.Postgres)]
    public async Task Every_example_of_the_page_about_databases_reads_what_it_says()
    {
        await Server.ExecuteAsync("""
            drop schema if exists portfolio cascade;
            create schema portfolio;
            create table portfolio.metrics (company_id bigint, website text, arr_usd numeric(14,2), headcount int, stage text, updated_at timestamptz);
            create table portfolio.tags (company_id bigint, tag text);
            insert into portfolio.metrics values
                (11, 'acme.com', 1250.50, 12, 'Seed', '2026-11-20T10:00:00Z'),
                (12, 'beta.io', null, 40, 'Series A', '2026-11-22T10:00:00Z');
            insert into portfolio.tags values (11, 'AI'), (11, 'SaaS');
            grant usage on schema portfolio to reader;
            grant select on all tables in schema portfolio to reader
            """);
        var request = Request("") with { LastSuccess = new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero) };
        var sources = SampleDefinition.SourcesOf("docs/sources/databases.md", Adapter()).Select(source => request with { Source = source }).ToList();

        Assert.Equal(3, sources.Count);
        Assert.Equal(["11|1250.50|12|Seed|[\"AI\",\"SaaS\"]", "12|∅|40|Series A|[null]"], (await QueryRead.OfAsync(Adapter(), sources[0])).Joined().Order(StringComparer.Ordinal));
        Assert.Equal(["12|∅"], (await QueryRead.OfAsync(Adapter(), sources[1])).Joined());
        Assert.Equal(["beta.io|∅"], (await QueryRead.OfAsync(Adapter(), sources[2])).Joined());
        Assert.Equal(["acme.com|1250.50"], (await QueryRead.OfAsync(Adapter(), sources[2] with { Targets = [new SourceTarget(1, 11, ["acme.com"], [])] })).Joined());
    }

    private SourceRequest SampleRequest()
    {
        var source = Assert.Single(SampleDefinition.Read("warehouse/portfolio-postgres.yaml", Adapter()).Sources);
        Assert.Equal(Delivery.Changes, source.Delivers);
        return Request("") with { Source = source };
    }
}
