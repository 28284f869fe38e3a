using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Databases;
using AffinityDurable.Sources.Postgres;
using AffinityDurable.Sources.Snowflake;
using AffinityDurable.Sources.SqlServer;

namespace AffinityDurable.Sources.Tests.Databases;

/// <summary>Parameters of queries: found wherever SQL has room for a value and nowhere else, and bound, never pasted in.</summary>
public sealed class QueryParameterTests
{
    private static readonly SourceRequest Request = new()
    {
        Source = new SourceDefinition { Type = "postgres" },
        BaseDirectory = "",
        LastSuccess = new DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.FromHours(2)),
        RunDate = new DateOnly(2026, 11, 22),
    };

    private static readonly SourceTarget[] Targets =
    [
        new(1, 11, ["acme.com", "acme.io"], []),
        new(2, 12, ["ACME.com"], []),
        new(3, 12, [], []),
    ];

    [Theory]
    [InlineData("postgres", "select a from t where u > $1 and d = $2 and u < $3")]
    [InlineData("sqlserver", "select a from t where u > @p1 and d = @p2 and u < @p3")]
    [InlineData("snowflake", "select a from t where u > ? and d = ? and u < ?")]
    public void Parameters_are_written_as_the_database_writes_them_and_bound_in_order(string type, string expected)
    {
        var bound = Settings(type, "select a from t where u > :lastSuccess and d = :runDate and u < :lastSuccess").Bind(Request);

        Assert.Equal(expected, bound.Text);
        Assert.Equal(
            [(ParameterType.Timestamp, Instant(2026, 11, 21, 2)), (ParameterType.Date, new DateOnly(2026, 11, 22)), (ParameterType.Timestamp, Instant(2026, 11, 21, 2))],
            bound.Parameters.Select(parameter => (parameter.Type, parameter.Value!)));
    }

    [Fact]
    public void With_no_success_yet_everything_has_changed() =>
        Assert.Equal(DateTimeOffset.UnixEpoch, Assert.Single(Settings("postgres", "select :lastSuccess").Bind(Request with { LastSuccess = null }).Parameters).Value);

    [Fact]
    public void Lists_become_one_parameter_an_item_without_repetition()
    {
        var settings = Settings("postgres", "select 1", "select a from t where e in (:entryIds) or c in ( :companyIds ) or d in (:domains)");

        var bound = settings.Bind(Request with { Targets = Targets });

        Assert.Equal("select a from t where e in ($1, $2, $3) or c in ( $4, $5 ) or d in ($6, $7)", bound.Text);
        Assert.Equal([1L, 2L, 3L, 11L, 12L, "acme.com", "acme.io"], bound.Parameters.Select(parameter => parameter.Value!));
        Assert.Equal([ParameterType.Id, ParameterType.Text], bound.Parameters.Select(parameter => parameter.Type).Distinct());
    }

    [Fact]
    public void An_empty_list_is_one_null_which_nothing_equals()
    {
        var bound = Settings("postgres", "select 1", "select a from t where d in (:domains)").Bind(Request with { Targets = [new(3, 12, [], [])] });

        Assert.Equal("select a from t where d in ($1)", bound.Text);
        Assert.Equal(new BoundParameter(ParameterType.Text, Value: null), Assert.Single(bound.Parameters));
    }

    [Fact]
    public void A_run_of_the_whole_list_does_not_ask_the_targeted_query() =>
        Assert.Equal("select 1", Settings("postgres", "select 1", "select 2 where 1 in (:entryIds)").Bind(Request).Text);

    [Fact]
    public void A_restricted_run_without_a_targeted_query_reads_all_rows() =>
        Assert.Equal("select 1", Settings("postgres", "select 1").Bind(Request with { Targets = Targets }).Text);

    [Theory]
    [InlineData(2000, "select 2 where 1 in (@p1, ")]
    [InlineData(2001, "select 1")]
    public void A_restricted_run_of_more_entries_than_fit_into_a_query_reads_all_rows(int entries, string expected)
    {
        var settings = Settings("sqlserver", "select 1", "select 2 where 1 in (:entryIds)");

        var bound = settings.Bind(Request with { Targets = [.. Enumerable.Range(1, entries).Select(id => new SourceTarget(id, id, [], []))] });

        Assert.StartsWith(expected, bound.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres", "select ':lastSuccess', 'it''s :x'")]
    [InlineData("postgres", "select \":x\", \"a\"\":x\"")]
    [InlineData("postgres", "select 1 -- :x\n")]
    [InlineData("postgres", "select /* :x /* :y */ :z */ 1")]
    [InlineData("postgres", "select a::date, '1'::int, b :: text")]
    [InlineData("postgres", "select $$ :x ' $$, $q$ :x $$ $q$")]
    [InlineData("postgres", "select E'it\\'s :x'")]
    [InlineData("postgres", "select 'c:\\', a from t where b = ':x'")]
    [InlineData("postgres", "select tags[1:n], tags[a:b], (tags)[1:2]")]
    [InlineData("postgres", "select a$b$ from t")]
    [InlineData("sqlserver", "select [a:b], [c]]:d] from t")]
    [InlineData("sqlserver", "select 'c:\\', a from t where b = ':x'")]
    [InlineData("snowflake", "select payload:company.name, payload['a']:b, f(x):c from t")]
    [InlineData("snowflake", "select 'it\\'s :x' // :y\n")]
    [InlineData("snowflake", "select /* /* :x */ 1")]
    [InlineData("snowflake", "select $$ :x ' $$")]
    public void Colons_in_strings_names_comments_casts_and_paths_are_left_alone(string type, string sql)
    {
        var bound = Settings(type, sql).Bind(Request);

        Assert.Equal((sql, 0), (bound.Text, bound.Parameters.Count));
    }

    [Theory]
    [InlineData("select * from t where u>:lastSuccess", "select * from t where u>$1")]
    [InlineData("select coalesce(a,:runDate)::date", "select coalesce(a,$1)::date")]
    [InlineData("(select :runDate)", "(select $1)")]
    [InlineData("select 1;", "select 1")]
    [InlineData("-- why\nselect :runDate ; -- end", "-- why\nselect $1 ")]
    [InlineData("with a as (select 1) select :runDate", "with a as (select 1) select $1")]
    public void One_statement_is_taken_as_it_stands(string sql, string expected) =>
        Assert.Equal(expected, Settings("postgres", sql).Bind(Request).Text);

    [Theory]
    [InlineData("select :wibble", "AFF250", "':wibble'")]
    [InlineData("select :lastsuccess", "AFF250", "Did you mean ':lastSuccess'?")]
    [InlineData("select 1 where 1 in (:entryIds)", "AFF250", "restricted runs")]
    [InlineData("select $1", "AFF250", "line 1")]
    [InlineData("select 1; select 2", "AFF251", "line 1")]
    [InlineData("select 1;\n-- and\ncommit", "AFF251", "line 3")]
    [InlineData("delete from t", "AFF251", "another kind")]
    [InlineData("-- nothing", "AFF251", "empty")]
    [InlineData("(", "AFF251", "empty")]
    [InlineData("set transaction read write", "AFF251", "another kind")]
    [InlineData("select 1,\n 'open", "AFF256", "line 2")]
    [InlineData("select \"open", "AFF256", "does not end")]
    [InlineData("select $q$ open $$", "AFF256", "does not end")]
    [InlineData("select /* open", "AFF256", "does not end")]
    public void What_is_wrong_with_a_query_is_a_finding_with_its_line(string sql, string code, string says)
    {
        var (keys, findings) = SourceKeys.Reader(("connection", "warehouse"), ("query", sql));

        QuerySettings.Read(keys, PostgresSql.Dialect);

        var problem = Assert.Single(findings.Problems);
        Assert.Equal((code, 2), (problem.Code, problem.Line));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select 1 delete from t")]
    [InlineData("select 1delete from t")]
    [InlineData("select a into copy from t")]
    [InlineData("select 1 commit")]
    [InlineData("with x as (select 1 as a) update x set a = 2")]
    [InlineData("select 1 exec sp_who")]
    public void A_second_statement_needs_no_semicolon_to_be_noticed_on_SQL_Server(string sql)
    {
        var (keys, findings) = SourceKeys.Reader(("connection", "warehouse"), ("query", sql));

        QuerySettings.Read(keys, SqlServerSql.Dialect);

        Assert.Equal("AFF251", Assert.Single(findings.Problems).Code);
    }

    [Theory]
    [InlineData("select * from t where u > :lastSuccess", Delivery.Changes)]
    [InlineData("select * from t where d <= :runDate -- not :lastSuccess", Delivery.All)]
    public void A_query_that_asks_for_the_last_success_delivers_changes(string sql, Delivery expected) =>
        Assert.Equal(expected, Settings("postgres", sql).Traits.Delivers);

    [Fact]
    public void What_is_missing_or_out_of_bounds_is_found_all_at_once()
    {
        var (keys, findings) = SourceKeys.Reader(("timeout", "0s"), ("connectTimeout", "1h"), ("maxRows", "0"));

        QuerySettings.Read(keys, PostgresSql.Dialect);

        Assert.Equal(5, findings.Problems.Count);
    }

    private static object Instant(int year, int month, int day, int hour) => new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero);

    private static QuerySettings Settings(string type, string query, string? targetedQuery = null)
    {
        (string, string)[] pairs = [("connection", "warehouse"), ("query", query), .. targetedQuery is null ? Array.Empty<(string, string)>() : [("targetedQuery", targetedQuery)]];
        var (keys, findings) = SourceKeys.Reader(pairs);
        var settings = QuerySettings.Read(keys, type switch
        {
            "postgres" => PostgresSql.Dialect,
            "sqlserver" => SqlServerSql.Dialect,
            _ => SnowflakeSql.Dialect,
        });
        Assert.Empty(findings.Problems);
        return settings;
    }
}
