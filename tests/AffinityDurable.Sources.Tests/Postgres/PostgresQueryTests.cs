using AffinityDurable.Sources.Tests.Databases;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Sources.Tests.Postgres;

/// <summary>Queries against a real server: parameters, limits, and that nothing is ever written.</summary>
[Collection(SharedPostgres.Name)]
public sealed class PostgresQueryTests(PostgresServer server) : PostgresTestBase(server)
{
    private const string Companies = """
        create table companies (company_id bigint, domain text, arr numeric(12,2), updated_at timestamptz, closed_on date);
        insert into companies values
            (11, 'acme.com', 1250.50, '2026-11-20T10:00:00Z', '2026-11-22'),
            (12, 'beta.io', null, '2026-11-21T10:00:00Z', '2026-11-21'),
            (13, 'gamma.ai', 7, '2026-11-22T01:00:00Z', null)
        """;

    [ServiceFact(Service.Postgres)]
    public async Task Only_what_changed_since_the_last_success_is_asked_for()
    {
        var request = Request($"select domain, arr from {await SchemaAsync(Companies)}.companies where updated_at > :lastSuccess order by company_id");

        Assert.Equal(["acme.com|1250.50", "beta.io|∅", "gamma.ai|7.00"], (await QueryRead.OfAsync(Adapter(), request)).Joined());
        var since = request with { LastSuccess = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1)) };
        Assert.Equal(["gamma.ai|7.00"], (await QueryRead.OfAsync(Adapter(), since)).Joined());
    }

    [ServiceFact(Service.Postgres)]
    public async Task The_day_of_the_run_is_a_date() =>
        Assert.Equal(["11"], (await ReadAsync($"select company_id from {await SchemaAsync(Companies)}.companies where closed_on = :runDate")).Joined());

    [ServiceFact(Service.Postgres)]
    public async Task A_restricted_run_reads_the_rows_of_its_entries_only()
    {
        var table = $"{await SchemaAsync(Companies)}.companies";
        var request = Request($"select company_id from {table}", ("targetedQuery", $"select company_id from {table} where company_id in (:companyIds) or domain in (:domains) order by 1"));

        Assert.Equal(["11", "13"], (await QueryRead.OfAsync(Adapter(), request with { Targets = [new(1, 11, [], []), new(2, 99, ["gamma.ai", "x'); drop table y"], [])] })).Joined());
        Assert.Empty((await QueryRead.OfAsync(Adapter(), request with { Targets = [] })).Rows);
        Assert.Equal(3, (await QueryRead.OfAsync(Adapter(), request)).Rows.Count);
    }

    [ServiceTheory(Service.Postgres)]
    [InlineData("with gone as (delete from {0}.t returning a) select * from gone")]
    [InlineData("select nextval('{0}.s')")]
    [InlineData("select {0}.write()")]
    [InlineData("select a from {0}.t for update")]
    public async Task What_would_write_is_refused(string query)
    {
        var schema = await SchemaAsync("create table t (a int); insert into t values (1); create sequence s; create function write() returns int language sql as 'insert into t values (2) returning a'");
        await Server.ExecuteAsync($"grant all on all tables in schema {schema} to reader; grant all on all sequences in schema {schema} to reader; alter role reader set search_path = {schema}");

        var problem = await FailsAsync(string.Format(null, query, schema));

        Assert.Equal("AFF258", problem.Code);
        Assert.Equal(1L, await Server.ExecuteAsync($"select count(*) from {schema}.t"));
        await Server.ExecuteAsync("alter role reader reset all");
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_query_cannot_lift_the_ban_on_writing()
    {
        var schema = await SchemaAsync("create sequence s");
        await Server.ExecuteAsync($"grant all on all sequences in schema {schema} to reader");

        await FailsAsync($"select set_config('transaction_read_only', 'off', true), nextval('{schema}.s')");

        Assert.Equal(false, await Server.ExecuteAsync($"select is_called from {schema}.s"));
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_query_that_takes_too_long_ends_at_its_time_limit()
    {
        var problem = await FailsAsync("select pg_sleep(60)", ("timeout", "1s"));

        Assert.Equal("AFF259", problem.Code);
    }

    [ServiceTheory(Service.Postgres)]
    [InlineData(5, null)]
    [InlineData(6, "AFF260")]
    public async Task More_rows_than_allowed_end_the_read(int rows, string? code)
    {
        var read = () => ReadAsync($"select n from generate_series(1, {rows}) n", ("maxRows", "5"));

        Assert.Equal(code, code is null ? (await read()).Malformed.SingleOrDefault()?.Code : (await QueryRead.FailsAsync(read)).Code);
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_cell_of_forty_megabytes_rejects_its_row_and_the_rest_goes_on()
    {
        var read = await ReadAsync("select n, case n when 2 then repeat('x', 40 * 1024 * 1024) else repeat('y', 1024 * 1024) end as notes from generate_series(1, 3) n");

        Assert.Equal(["1", "3"], read.Rows.Select(row => row[0]));
        var record = Assert.Single(read.Malformed);
        Assert.Equal((2, "AFF263"), (record.FirstLine, record.Code));
        Assert.Contains("'notes'", record.Reason, StringComparison.Ordinal);
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_query_without_rows_gives_its_columns()
    {
        var read = await ReadAsync("select 1 as a, 'x' as b where false");

        Assert.Equal(["a", "b"], read.Columns);
        Assert.Empty(read.Rows);
    }
}
