using Parquet.Schema;

namespace AffinityDurable.Sources.Tests.Files;

public sealed class ParquetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_come_in_order_with_nulls_and_without_lines()
    {
        var companies = Enumerable.Range(0, 10_000).Select(at => new ParquetFiles.Company { Id = at, Name = at % 3 == 0 ? null : $" Company {at} " }).ToList();
        _folder.Write("rows.parquet", await ParquetFiles.OfAsync(companies, rowGroupSize: 1000));

        var read = await FileRead.OfAsync("parquet", _folder, "rows.parquet");

        Assert.Equal(["Id", "Name", "Owner"], read.Columns);
        Assert.Equal(companies.Select(company => $"{company.Id}|{company.Name?.Trim() ?? "∅"}|∅"), read.Joined());
        Assert.All(read.Lines, line => Assert.Null(line));
        Assert.Empty(read.Malformed);
    }

    [Fact]
    public async Task Integers_and_truth_values_keep_what_they_are()
    {
        await AssertTextAsync<long>(new DataField<long?>("v"), [long.MaxValue, null], ["9223372036854775807", null]);
        await AssertTextAsync<ulong>(new DataField<ulong?>("v"), [ulong.MaxValue], ["18446744073709551615"]);
        await AssertTextAsync<bool>(new DataField<bool?>("v"), [true, false, null], ["true", "false", null]);
    }

    [Fact]
    public async Task Floating_point_numbers_are_as_short_as_they_can_be()
    {
        await AssertTextAsync<double>(new DataField<double?>("v"), [0.1, 1e300, null], ["0.1", "1E+300", null]);
        await AssertTextAsync<float>(new DataField<float?>("v"), [0.1f], ["0.1"]);
    }

    [Fact]
    public async Task Decimals_keep_their_scale() =>
        await AssertTextAsync<decimal>(new DecimalDataField("v", 18, 2, isNullable: true), [1250.5m, -0.01m, null], ["1250.50", "-0.01", null]);

    [Fact]
    public async Task Decimals_wider_than_those_of_NET_keep_every_digit()
    {
        _folder.Write("rows.parquet", await ParquetFiles.OfColumnAsync<decimal>(new DecimalDataField("v", 38, 9, isNullable: true), 1234567890123456789.123456789m));

        Assert.Equal("1234567890123456789.123456789", (await FileRead.OfAsync("parquet", _folder, "rows.parquet")).Rows.Single()[0]);
    }

    [Fact]
    public async Task Dates_and_times_are_ISO_8601_and_those_of_a_zone_are_UTC()
    {
        var at = new DateTime(2026, 10, 31, 9, 30, 0, 250, DateTimeKind.Utc);

        await AssertTextAsync<DateTime>(new DateTimeDataField("v", DateTimeFormat.Date, isNullable: true), [at.Date, null], ["2026-10-31", null]);
        await AssertTextAsync<DateTime>(new DateTimeDataField("v", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true), [at], ["2026-10-31T09:30:00.25Z"]);
        await AssertTextAsync<DateTime>(
            new DateTimeDataField("v", DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Millis, isNullable: true), [DateTime.SpecifyKind(at, DateTimeKind.Unspecified)], ["2026-10-31T09:30:00.25"]);
    }

    [Fact]
    public async Task Nested_values_are_JSON_text_and_a_query_sees_them_as_they_are()
    {
        ParquetFiles.Company[] companies = [new() { Id = 1, Owner = new() { Name = "Kim", Ids = [7, 8] } }];
        _folder.Write("rows.parquet", await ParquetFiles.OfAsync(companies));

        Assert.Equal(["""1|∅|{"Name":"Kim","Ids":[7,8]}"""], (await FileRead.OfAsync("parquet", _folder, "rows.parquet")).Joined());
        Assert.Equal(["Kim|2"], (await FileRead.OfAsync("parquet", _folder, "rows.parquet", "SELECT owner.name AS name, len(owner.ids) AS n FROM source")).Joined());
    }

    [Fact]
    public async Task A_query_calculates_without_casts()
    {
        _folder.Write("rows.parquet", await ParquetFiles.OfColumnAsync<decimal>(new DecimalDataField("arr", 18, 2, isNullable: true), 10.25m, 20m, null));

        Assert.Equal(["30.25"], (await FileRead.OfAsync("parquet", _folder, "rows.parquet", "SELECT sum(arr) AS arr FROM source")).Joined());
    }

    [Fact]
    public async Task Bytes_stop_nobody_who_does_not_ask_for_them()
    {
        _folder.Write("rows.parquet", await ParquetFiles.OfAsync([new WithBytes { Id = 1, Logo = [1, 2] }]));
        await using var reader = await FileRead.OpenAsync("parquet", _folder, new("rows.parquet"));

        await foreach (var row in reader.ReadRowsAsync(CancellationToken.None))
        {
            Assert.Equal("1", row.Text(0));
            Assert.Equal("AFF216", Assert.Single(Assert.Throws<AffinityDurable.Core.Errors.ProblemException>(() => row.Text(1)).Problems).Code);
        }
    }

    [Fact]
    public async Task A_file_without_rows_has_columns_all_the_same()
    {
        _folder.Write("rows.parquet", await ParquetFiles.OfTextAsync(["a", "b"]));

        var read = await FileRead.OfAsync("parquet", _folder, "rows.parquet");

        Assert.Equal(["a", "b"], read.Columns);
        Assert.Empty(read.Rows);
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("")]
    [InlineData("PAR1 something that is not it PAR1")]
    public async Task A_file_that_is_not_Parquet_is_refused(string content)
    {
        _folder.Write("rows.parquet", content);

        Assert.Equal("AFF235", (await FileRead.FailsAsync(() => FileRead.OfAsync("parquet", _folder, "rows.parquet"))).Code);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(0.99, false)]
    [InlineData(0.3, true)]
    public async Task A_file_that_is_cut_off_or_overwritten_inside_is_refused(double place, bool overwrite)
    {
        var content = await ParquetFiles.OfTextAsync(["a"], [.. Enumerable.Range(0, 5000).Select(at => new[] { $"cell {at * 7919}" })]);
        var at = (int)(content.Length * place);
        if (overwrite)
        {
            content.AsSpan(at, 400).Fill(0xFF);
        }

        _folder.Write("rows.parquet", overwrite ? content : content[..at]);

        Assert.Equal("AFF235", (await FileRead.FailsAsync(() => FileRead.OfAsync("parquet", _folder, "rows.parquet"))).Code);
    }

    [Fact]
    public async Task A_name_with_letters_that_patterns_use_is_a_name()
    {
        _folder.Write("it's a*[file]?.parquet", await ParquetFiles.OfTextAsync(["a"], ["1"]));

        Assert.Equal(["1"], (await FileRead.OfAsync("parquet", _folder, "it's a*[file]?.parquet")).Joined());
    }

    [Fact]
    public async Task A_query_reaches_nothing_but_the_files()
    {
        _folder.Write("rows.parquet", await ParquetFiles.OfTextAsync(["a"], ["1"]));
        _folder.Write("other.parquet", await ParquetFiles.OfTextAsync(["a"], ["2"]));

        Assert.Equal("AFF211", (await FileRead.FailsAsync(
            () => FileRead.OfAsync("parquet", _folder, "rows.parquet", $"SELECT * FROM read_parquet('{Path.Combine(_folder.Path, "other.parquet")}')"))).Code);
    }

    private async Task AssertTextAsync<T>(DataField field, T?[] values, string?[] expected)
        where T : struct
    {
        _folder.Write("rows.parquet", await ParquetFiles.OfColumnAsync(field, values));

        Assert.Equal(expected, (await FileRead.OfAsync("parquet", _folder, "rows.parquet")).Rows.Select(row => row[0]));
        Assert.Equal(expected, (await FileRead.OfAsync("parquet", _folder, "rows.parquet", "SELECT v FROM source")).Rows.Select(row => row[0]));
    }

    public sealed class WithBytes
    {
        public long Id { get; set; }

        public byte[]? Logo { get; set; }
    }
}
