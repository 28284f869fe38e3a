using System.Globalization;
using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Tests.Files;

public sealed class JsonLinesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Objects_are_rows_and_their_keys_are_columns()
    {
        var read = await ReadAsync("""
            {"id": 1, "name": "Acme", "live": true}
            {"name": "Zoë", "id": 2, "arr": 12.5}

            {"id": null, "name": " "}
            """);

        Assert.Equal(["id", "name", "live", "arr"], read.Columns);
        Assert.Equal(["1|Acme|true|∅", "2|Zoë|∅|12.5", "∅|∅|∅|∅"], read.Joined());
        Assert.Equal([1, 2, 4], read.Lines);
        Assert.Empty(read.Malformed);
    }

    [Theory]
    [InlineData("12345678901234567890123456789")]
    [InlineData("9007199254740993")]
    [InlineData("0.12345678901234567890123")]
    [InlineData("1.10")]
    [InlineData("-1e300")]
    [InlineData("1E+2")]
    public async Task Numbers_keep_their_digits_as_written(string number)
    {
        var content = $$"""{"n": {{number}}, "s": "{{number}}"}""";

        Assert.Equal([$"{number}|{number}"], (await ReadAsync(content)).Joined());
        Assert.Equal([$"{number}|{number}"], (await ReadAsync(content, "SELECT n, s FROM source")).Joined());
    }

    [Theory]
    [InlineData("""a\u00e9\n\"b\"\ud83d\ude00""", "aé\n\"b\"😀")]
    [InlineData("""\\ \/ \t x""", "\\ / \t x")]
    [InlineData("a,b;c\\r\\nd", "a,b;c\r\nd")]
    [InlineData("  ", null)]
    public async Task Texts_are_unescaped_and_trimmed_with_and_without_a_query(string json, string? expected)
    {
        var content = $$"""{"s": "{{json}}", "end": 1}""";

        Assert.Equal(expected, (await ReadAsync(content)).Rows.Single()[0]);
        Assert.Equal(expected, (await ReadAsync(content, "SELECT s FROM source")).Rows.Single()[0]);
    }

    [Fact]
    public async Task Nested_values_are_JSON_text_that_a_query_can_take_apart()
    {
        const string Content = """{"owner": {"name": "Kim", "ids": [1, 2.50]}, "tags": ["AI", "SaaS"]}""";

        Assert.Equal(["""{"name": "Kim", "ids": [1, 2.50]}|["AI", "SaaS"]"""], (await ReadAsync(Content)).Joined());
        Assert.Equal(
            ["Kim|2|AI;SaaS"],
            (await ReadAsync(Content, """
                SELECT owner->>'$.name' AS name, json_array_length(owner, '$.ids') AS n, array_to_string(tags::JSON::VARCHAR[], ';') AS tags FROM source
                """)).Joined());
    }

    [Theory]
    [InlineData("{\"id\": 2", "AFF230")]
    [InlineData("{\"id\": 2}}", "AFF230")]
    [InlineData("{\"id\": 2} {\"id\": 3}", "AFF230")]
    [InlineData("[1]", "AFF230")]
    [InlineData("2", "AFF230")]
    [InlineData("null", "AFF230")]
    [InlineData("{\"id\": 02}", "AFF230")]
    [InlineData("{\"id\": 2,}", "AFF230")]
    [InlineData("{'id': 2}", "AFF230")]
    [InlineData("{\"id\": NaN}", "AFF230")]
    [InlineData("{\"\": 2}", "AFF230")]
    [InlineData("{\"id\": \"\\ud83d\"}", "AFF230")]
    [InlineData("{\"id\": 2, \"id\": 3}", "AFF231")]
    [InlineData("{\"new\": 2, \"new\": 3}", "AFF231")]
    [InlineData("{\"id\": \"a\\u0000b\"}", "AFF225")]
    public async Task A_malformed_line_is_a_reject_and_the_rest_goes_on(string line, string code)
    {
        var read = await ReadAsync($"{{\"id\": 1}}\n{line}\n{{\"id\": 4}}\n");

        Assert.Equal(["id"], read.Columns);
        Assert.Equal(["1", "4"], read.Joined());
        Assert.Equal([1, 3], read.Lines);
        var malformed = Assert.Single(read.Malformed);
        Assert.Equal((2, 2, code), (malformed.FirstLine, malformed.LastLine, malformed.Code));
        Assert.StartsWith("Line 2 ", malformed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_not_UTF_8_is_a_reject()
    {
        _folder.Write("rows.jsonl", [.. "{\"s\": \"a\"}\n"u8, .. "{\"s\": \""u8, 0xE9, .. "\"}\n"u8, .. "{\"s\": \"b\"}"u8]);

        var read = await FileRead.OfAsync("jsonl", _folder, "rows.jsonl");

        Assert.Equal(["a", "b"], read.Joined());
        Assert.Equal((2, "AFF224"), (Assert.Single(read.Malformed).FirstLine, read.Malformed[0].Code));
    }

    [Theory]
    [InlineData((1024 * 1024) - 8, false)]
    [InlineData((1024 * 1024) - 7, true)]
    [InlineData(40 * 1024 * 1024, true)]
    public async Task A_line_longer_than_a_megabyte_is_a_reject(int length, bool refused)
    {
        var read = await ReadAsync($"{{\"a\":1}}\n{{\"a\":\"{new string('"', length / 2).Replace("\"", "\\\"", StringComparison.Ordinal)}{new string('x', length % 2)}\"}}\n{{\"a\":3}}\n", "SELECT length(a) AS n FROM source");

        Assert.Equal(refused ? ["1", "1"] : ["1", (length / 2).ToString(CultureInfo.InvariantCulture), "1"], read.Joined());
        Assert.Equal(refused ? ["AFF226"] : [], read.Malformed.Select(record => record.Code));
    }

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    public async Task Line_ends_and_a_byte_order_mark_make_no_difference(string lineEnd, string mark)
    {
        var read = await ReadAsync($"{mark}{{\"a\":1}}{lineEnd}{lineEnd}  {lineEnd}{{\"a\":2}}");

        Assert.Equal(["1", "2"], read.Joined());
        Assert.Equal([1, 4], read.Lines);
    }

    [Fact]
    public async Task Keys_that_differ_only_in_case_are_refused() =>
        Assert.Equal("AFF208", (await FileRead.FailsAsync(() => ReadAsync("{\"arr\": 1}\n{\"ARR\": 2}"))).Code);

    [Fact]
    public async Task An_object_that_is_called_by_ids_is_refused_before_it_fills_the_memory() =>
        Assert.Equal("AFF232", (await FileRead.FailsAsync(
            () => ReadAsync(string.Concat(Enumerable.Range(0, 2001).Select(at => $"{{\"id{at}\": 1}}\n"))))).Code);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task A_file_without_an_object_has_no_columns(string content) =>
        Assert.Equal(SourceErrors.NoHeader.Id, (await FileRead.FailsAsync(() => ReadAsync(content))).Code);

    [Fact]
    public async Task A_query_over_one_column_sees_rows_without_a_value() =>
        Assert.Equal(["3|1"], (await ReadAsync("{\"a\":1}\n{\"a\":null}\n{}\n", "SELECT count(*) AS n, count(a) AS m FROM source")).Joined());

    [Fact]
    public async Task Objects_of_another_writer_come_back_as_they_were()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 20_000).Select(at => new Dictionary<string, object?>
        {
            ["id"] = at,
            ["text"] = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0x21, 0x2FF))]),
            ["amount"] = random.Next(3) == 0 ? null : Math.Round((decimal)random.NextDouble() * 1_000_000, 4),
        }).ToList();
        _folder.Write("rows.jsonl", string.Join('\n', rows.Select(row => JsonSerializer.Serialize(row))));
        var expected = rows.Select(row => string.Join('|', row.Values.Select(
            value => Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim() is { Length: > 0 } text ? text : "∅"))).ToList();

        Assert.Equal(expected, (await FileRead.OfAsync("jsonl", _folder, "rows.jsonl")).Joined());
        Assert.Equal(expected, (await FileRead.OfAsync("jsonl", _folder, "rows.jsonl", "SELECT * FROM source ORDER BY id::BIGINT")).Joined());
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_fails_the_read()
    {
        var path = _folder.Write("rows.jsonl", string.Concat(Enumerable.Repeat("{\"a\":1}\n", 10_000)));
        await using var reader = await FileRead.OpenAsync("jsonl", _folder, new("rows.jsonl"));
        await File.AppendAllTextAsync(path, "{\"a\":2}\n");

        Assert.Equal("AFF215", (await FileRead.FailsAsync(() => FileRead.OfAsync(reader))).Code);
    }

    private Task<FileRead> ReadAsync(string content, string? query = null)
    {
        _folder.Write("rows.jsonl", Encoding.UTF8.GetBytes(content));
        return FileRead.OfAsync("jsonl", _folder, "rows.jsonl", query);
    }
}
