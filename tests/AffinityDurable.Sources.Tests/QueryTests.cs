using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Csv;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Files.Stores;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Sources.Tests;

public sealed class QueryTests
{
    private const string Companies = "id,Company Name,arr,day\n1,Acme,1250.5,2026-10-01\n2, Beta ,,2026-10-02\nbad\n3,Gamma,7,x\n";

    [Fact]
    public async Task A_query_sees_the_file_as_source_with_trimmed_text_and_nulls()
    {
        var read = await CsvRead.OfAsync(Companies, """SELECT "company name" AS name, arr IS NULL AS no_arr FROM source WHERE id > '1' ORDER BY id DESC""");

        Assert.Equal(["name", "no_arr"], read.Columns);
        Assert.Equal(["Gamma|false", "Beta|true"], read.Joined());
    }

    [Fact]
    public async Task Rows_of_a_query_have_no_line_and_malformed_records_keep_theirs()
    {
        var read = await CsvRead.OfAsync(Companies, "SELECT count(*) AS n FROM source");

        Assert.Equal(["3"], read.Joined());
        Assert.Equal([null], read.Lines);
        Assert.Equal(4, Assert.Single(read.Malformed).FirstLine);
    }

    [Theory]
    [InlineData("\u00A0é x\u2003\u3000\t", "é x")]
    [InlineData("\"\n\r y\n\"", "y")]
    [InlineData("\u2003\u00A0", null)]
    [InlineData("\uFEFFz", "\uFEFFz")]
    public async Task A_query_sees_cells_trimmed_as_a_plain_read_gives_them(string cell, string? expected)
    {
        var content = $"a,b\n{cell},1\n";

        Assert.Equal(expected, Assert.Single((await CsvRead.OfAsync(content)).Rows)[0]);
        Assert.Equal([$"{expected ?? "∅"}|{expected?.Length.ToString() ?? "∅"}"], (await CsvRead.OfAsync(content, "SELECT a, length(a) AS n FROM source")).Joined());
    }

    [Theory]
    [InlineData("SELECT TRY_CAST(arr AS DOUBLE) AS x FROM source WHERE id = '1'", "1250.5")]
    [InlineData("SELECT TRY_CAST(arr AS DECIMAL(18,2)) AS x FROM source WHERE id = '1'", "1250.50")]
    [InlineData("SELECT TRY_CAST(day AS DATE) AS x FROM source WHERE id = '1'", "2026-10-01")]
    [InlineData("SELECT TRY_CAST(day AS DATE) AS x FROM source WHERE id = '3'", "∅")]
    [InlineData("SELECT TRY_CAST(day AS TIMESTAMP) AS x FROM source WHERE id = '1'", "2026-10-01T00:00:00")]
    [InlineData("SELECT TIMESTAMPTZ '2026-10-01 12:30:00.25+02' AS x", "2026-10-01T10:30:00.25Z")]
    [InlineData("SELECT TIME '12:30:00' AS x", "12:30:00")]
    [InlineData("SELECT sum(id::BIGINT) AS x FROM source", "6")]
    [InlineData("SELECT 1e300 AS x", "1E+300")]
    [InlineData("SELECT true AS x", "true")]
    [InlineData("SELECT uuid '6d3d8aa0-7a4f-4b11-9a2e-0d7f6d6b6a11' AS x", "6d3d8aa0-7a4f-4b11-9a2e-0d7f6d6b6a11")]
    [InlineData("WITH t AS (FROM source) SELECT max(id) AS x FROM t;", "3")]
    [InlineData("-- newest\n/* of all */ (SELECT max(id) AS x FROM source) -- end", "3")]
    [InlineData("FROM source SELECT max(id) AS x", "3")]
    public async Task Values_come_as_invariant_text(string query, string expected) =>
        Assert.Equal([expected], (await CsvRead.OfAsync(Companies, query)).Joined());

    [Theory]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT * FROM source; DROP VIEW source")]
    [InlineData("SELECT * FROM source; COPY source TO '{base}/out.csv'")]
    [InlineData("-- nothing")]
    [InlineData("PRAGMA database_list")]
    [InlineData("PRAGMA memory_limit='64GB'")]
    [InlineData("/* SELECT */ PRAGMA version")]
    [InlineData("SET threads = 64")]
    [InlineData("RESET enable_external_access")]
    [InlineData("SHOW TABLES")]
    [InlineData("DESCRIBE source")]
    [InlineData("SUMMARIZE source")]
    [InlineData("EXPLAIN SELECT 1")]
    [InlineData("CALL pragma_version()")]
    [InlineData("CREATE TABLE t(a INT)")]
    [InlineData("DROP VIEW source")]
    [InlineData("CHECKPOINT")]
    [InlineData("BEGIN TRANSACTION")]
    [InlineData("PREPARE p AS SELECT 1")]
    [InlineData("EXPORT DATABASE '{base}/out'")]
    [InlineData("COPY source TO '{base}/rows.csv'")]
    [InlineData("ATTACH '{base}/x.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    public Task Anything_but_one_SELECT_is_refused(string query) => IsRefusedAsync(query, SourceErrors.QueryNotOneSelect);

    [Theory]
    [InlineData("SELECT * FROM read_text('{secret}')")]
    [InlineData("SELECT * FROM read_blob('{secret}')")]
    [InlineData("SELECT * FROM read_csv('{secret}')")]
    [InlineData("SELECT * FROM read_json('{secret}')")]
    [InlineData("SELECT * FROM read_parquet('{secret}')")]
    [InlineData("SELECT * FROM parquet_metadata('{secret}')")]
    [InlineData("SELECT * FROM read_duckdb('{secret}')")]
    [InlineData("SELECT * FROM sniff_csv('{secret}')")]
    [InlineData("SELECT * FROM '{secret}'")]
    [InlineData("SELECT * FROM \"{secret}\"")]
    [InlineData("SELECT * FROM read_csv('{base}/*.csv')")]
    [InlineData("SELECT * FROM read_csv('{base}/../*/*.csv')")]
    [InlineData("SELECT * FROM glob('{base}/*')")]
    [InlineData("SELECT * FROM query('SELECT * FROM read_text(''{secret}'')')")]
    [InlineData("SELECT * FROM query_table('{secret}')")]
    [InlineData("SELECT * FROM read_csv('https://example.com/a.csv')")]
    [InlineData("SELECT * FROM read_csv('s3://bucket/a.csv')")]
    [InlineData("SELECT * FROM sqlite_scan('{secret}', 't')")]
    [InlineData("WITH t AS (SELECT * FROM read_text('{secret}')) SELECT * FROM source, t")]
    [InlineData("SELECT (SELECT content FROM read_text('{secret}')) AS x FROM source")]
    public Task Nothing_but_the_source_can_be_read(string query) => IsRefusedAsync(query, SourceErrors.QueryReachesOut);

    [Theory]
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELEC 1")]
    [InlineData("SELECT nosuch FROM source")]
    [InlineData("SELECT * FROM nosuch")]
    [InlineData("SELECT $1")]
    [InlineData("COPY source TO '{base}/out.csv'")]
    [InlineData("INSERT INTO source VALUES (1, 2, 3, 4)")]
    public Task What_DuckDB_cannot_bind_is_refused(string query) => IsRefusedAsync(
        query, SourceErrors.QueryInvalid, SourceErrors.QueryReachesOut, SourceErrors.QueryNotOneSelect);

    [Theory]
    [InlineData("SELECT * FROM enable_logging(storage = 'file', storage_config = {'path': '{base}/log'})")]
    [InlineData("SELECT * FROM enable_profiling(save_location = '{base}/profile.json')")]
    [InlineData("SELECT write_log('x', level := 'error') AS x FROM source")]
    public async Task DuckDB_cannot_be_made_to_write_files(string query)
    {
        using var folder = new TempFolder();
        folder.Write("rows.csv", Companies);

        await Record.ExceptionAsync(() => CsvRead.OfFileAsync("rows.csv", folder.Path, query.Replace("{base}", folder.Path, StringComparison.Ordinal)));

        Assert.Equal(["rows.csv"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("DATE 'infinity'")]
    [InlineData("DATE '10000-01-01'")]
    [InlineData("TIMESTAMP 'infinity'")]
    public async Task A_date_out_of_reach_fails_with_the_name_of_its_column(string value)
    {
        var problem = await CsvRead.FailsAsync(() => CsvRead.OfAsync(Companies, $"SELECT {value} AS closing FROM source"));

        Assert.Equal(SourceErrors.QueryFailed.Id, problem.Code);
        Assert.Contains("'closing'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_or_struct_is_refused_with_the_name_of_its_column()
    {
        var exception = await Assert.ThrowsAsync<ProblemException>(() => CsvRead.OfAsync(Companies, "SELECT [1, 2] AS l, {'a': 1} AS s, ''::BLOB AS b, TIMETZ '12:00:00+02' AS t, 1 AS n"));

        Assert.All(exception.Problems, problem => Assert.Equal(SourceErrors.ColumnNotText.Id, problem.Code));
        Assert.Equal(4, exception.Problems.Count);
    }

    [Fact]
    public async Task Columns_of_a_query_need_names_of_their_own() => Assert.Equal(
        SourceErrors.DuplicateColumns.Id,
        (await CsvRead.FailsAsync(() => CsvRead.OfAsync(Companies, "SELECT id AS x, arr AS X FROM source"))).Code);

    [Fact]
    public async Task A_cast_that_fails_names_the_column_and_never_the_cell()
    {
        var problem = await CsvRead.FailsAsync(() => CsvRead.OfAsync("id,salary\n1,s3cr3t-cell\n", "SELECT salary::INT AS x FROM source"));

        Assert.Equal(SourceErrors.QueryFailed.Id, problem.Code);
        Assert.DoesNotContain("s3cr3t", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("TRY_CAST", problem.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_outgrows_its_limits_fails_instead_of_taking_the_machine()
    {
        using var folder = new TempFolder();
        folder.Write("rows.csv", Companies);
        var options = new SourceOptions { MemoryLimitMegabytes = 32, TempLimitMegabytes = 1 };

        var problem = await CsvRead.FailsAsync(() => CsvRead.OfFileAsync(
            "rows.csv", folder.Path, "SELECT a.range AS n FROM range(5000000) a ORDER BY md5(a.range::VARCHAR)", options: options));

        Assert.Equal(SourceErrors.OutOfMemory.Id, problem.Code);
    }

    [Fact]
    public async Task A_running_query_ends_when_it_is_cancelled()
    {
        using var folder = new TempFolder();
        folder.Write("rows.csv", Companies);
        using var cancellation = new CancellationTokenSource();
        var adapter = new CsvSourceAdapter(new FileIntake(new FileStores(Options.Create(new SourceOptions()), new SourceConnections())));
        var source = new FileSettings("rows.csv", "SELECT i.range AS n FROM range(1000000000000) i");
        await using var reader = await adapter.OpenAsync(source, folder.Path, CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in reader.ReadRowsAsync(cancellation.Token))
            {
                if (row.Text(0) == "5000")
                {
                    await cancellation.CancelAsync();
                }
            }
        });
    }

    private static async Task IsRefusedAsync(string query, params ErrorCode[] codes)
    {
        using var folder = new TempFolder();
        folder.Write("rows.csv", Companies);
        var secret = folder.Write("secret.csv", "a,b\ns3cr3t,1\n");
        var filled = query.Replace("{base}", folder.Path, StringComparison.Ordinal).Replace("{secret}", secret, StringComparison.Ordinal);

        var problem = await CsvRead.FailsAsync(() => CsvRead.OfFileAsync("rows.csv", folder.Path, filled));

        Assert.Contains(problem.Code, codes.Select(code => code.Id));
        Assert.DoesNotContain("s3cr3t", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(["rows.csv", "secret.csv"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(Companies, await File.ReadAllTextAsync(Path.Combine(folder.Path, "rows.csv")));
    }
}
