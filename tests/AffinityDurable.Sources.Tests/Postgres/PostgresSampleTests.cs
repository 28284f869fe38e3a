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

    private SourceRequest SampleRequest()
    {
        var source = Assert.Single(SampleDefinition.Read("warehouse/portfolio-postgres.yaml", Adapter()).Sources);
        Assert.Equal(Delivery.Changes, source.Delivers);
        return Request("") with { Source = source };
    }
}
