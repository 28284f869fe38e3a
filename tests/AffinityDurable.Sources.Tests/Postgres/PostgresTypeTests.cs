using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Sources.Tests.Postgres;

/// <summary>Every type of PostgreSQL as text.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresTypeTests(PostgresServer server) : PostgresTestBase(server)
{
    [ServiceTheory(Service.Postgres)]
    [InlineData("42::smallint", "42")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("1.10::numeric", "1.10")]
    [InlineData("12345678901234567890123456789012345678.123456789::numeric", "12345678901234567890123456789012345678.123456789")]
    [InlineData("'NaN'::numeric", "NaN")]
    [InlineData("0.1::float4", "0.1")]
    [InlineData("(0.1::float8 + 0.2::float8)", "0.30000000000000004")]
    [InlineData("1e300::float8", "1e+300")]
    [InlineData("(-1234.5)::money", "-1234.50")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("date '2026-10-31'", "2026-10-31")]
    [InlineData("'infinity'::date", "infinity")]
    [InlineData("time '12:30'", "12:30:00")]
    [InlineData("timestamp '2026-10-31 12:30:00.25'", "2026-10-31T12:30:00.25")]
    [InlineData("timestamptz '2026-10-31 01:30:00+02'", "2026-10-30T23:30:00Z")]
    [InlineData("timestamptz '2026-10-31 12:30:00.123456+00'", "2026-10-31T12:30:00.123456Z")]
    [InlineData("interval '1 year 2 days'", "1 year 2 days")]
    [InlineData("uuid '6d3d8aa0-7a4f-4b11-9a2e-0d7f6d6b6a11'", "6d3d8aa0-7a4f-4b11-9a2e-0d7f6d6b6a11")]
    [InlineData("E' Zoë — 東京\\n'", "Zoë — 東京")]
    [InlineData("''", null)]
    [InlineData("'  '", null)]
    [InlineData("null::int", null)]
    [InlineData("'ab'::char(5)", "ab")]
    [InlineData("'{\"a\":  1}'::json", "{\"a\":  1}")]
    [InlineData("'{\"a\":  1}'::jsonb", "{\"a\": 1}")]
    [InlineData("inet '10.0.0.1/8'", "10.0.0.1/8")]
    [InlineData("int4range(1, 3)", "[1,3)")]
    [InlineData("'<a/>'::xml", "<a/>")]
    [InlineData("array['AI', 'a, \"b\"', 'c\\d', null, 'NULL', '']", "[\"AI\",\"a, \\\"b\\\"\",\"c\\\\d\",null,\"NULL\",null]")]
    [InlineData("array[1.50, 2]", "[1.50,2]")]
    [InlineData("array['NaN'::float8]", "[\"NaN\"]")]
    [InlineData("array[[1,2],[3,4]]", "[[1,2],[3,4]]")]
    [InlineData("'[0:1]={7,8}'::int[]", "[7,8]")]
    [InlineData("array[true]", "[\"true\"]")]
    [InlineData("array[timestamptz '2026-10-31 01:30:00+02']", "[\"2026-10-30T23:30:00Z\"]")]
    [InlineData("'{}'::text[]", null)]
    public async Task A_value_becomes_text_with_all_that_it_says(string value, string? expected)
    {
        var read = await ReadAsync($"select {value} as x");

        Assert.Equal(expected, Assert.Single(read.Rows)[0]);
    }

    [ServiceFact(Service.Postgres)]
    public async Task Enums_and_domains_become_what_is_below_them()
    {
        var schema = await SchemaAsync("create type stage as enum ('Seed', 'Series A'); create domain day as date; create domain flag as boolean");

        var read = await ReadAsync($"select 'Series A'::{schema}.stage as s, array['Seed'::{schema}.stage] as ss, date '2026-10-31'::{schema}.day as d, true::{schema}.flag as f");

        Assert.Equal(["Series A|[\"Seed\"]|2026-10-31|true"], read.Joined());
    }

    [ServiceFact(Service.Postgres)]
    public async Task Settings_of_the_database_change_no_text()
    {
        await Server.ExecuteAsync("alter role reader set datestyle = 'German'; alter role reader set timezone = 'Asia/Tokyo'; alter role reader set extra_float_digits = -5");
        try
        {
            var read = await ReadAsync("select date '2026-10-31' as d, timestamptz '2026-10-31 12:30:00Z' as t, 0.1::float8 + 0.2::float8 as f");

            Assert.Equal(["2026-10-31|2026-10-31T12:30:00Z|0.30000000000000004"], read.Joined());
        }
        finally
        {
            await Server.ExecuteAsync("alter role reader reset all");
        }
    }

    [ServiceTheory(Service.Postgres)]
    [InlineData("'\\xff'::bytea")]
    [InlineData("array['\\xff'::bytea]")]
    [InlineData("row(1, 2)")]
    public async Task A_column_without_text_is_named(string value)
    {
        var problem = await FailsAsync($"select 1 as a, {value} as blob");

        Assert.Equal("AFF216", problem.Code);
        Assert.Contains("'blob'", problem.Message, StringComparison.Ordinal);
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_column_that_nobody_asks_for_needs_no_text()
    {
        var needed = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "A" };
        await using var reader = await Adapter().OpenAsync(Request("select 1 as a, '\\xff'::bytea as blob, repeat('x', 2000000) as notes") with { Needed = needed }, CancellationToken.None);

        Assert.Equal(["a", "blob", "notes"], reader.Columns);
        Assert.Equal(["1"], await reader.ReadRowsAsync(CancellationToken.None).Select(row => row.Text(0)).ToListAsync());
    }

    [ServiceFact(Service.Postgres)]
    public async Task Two_columns_of_one_name_are_refused()
    {
        var problem = await FailsAsync("select 1 as id, 2 as \"ID\"");

        Assert.Equal("AFF208", problem.Code);
    }
}
