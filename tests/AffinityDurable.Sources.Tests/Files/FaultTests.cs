using System.Text;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Tests.Files;

/// <summary>What goes wrong with exports ends in a code, and no row of it is given; what is wrong with one record costs that record.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv", "AFF233")]
    [InlineData("parquet", "AFF233")]
    public async Task A_column_that_is_missing_in_one_of_many_files_ends_the_read_before_its_first_row(string type, string code)
    {
        _folder.Write($"1.{type}", await ContentAsync(type, ["id", "arr"], ["1", "2"]));
        _folder.Write($"2.{type}", await ContentAsync(type, ["id"], ["1"]));

        var problem = await OpenFailsAsync(type, "*");

        Assert.Equal(code, problem.Code);
        Assert.Contains("'arr' is missing", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", "id,arr,ARR\n1,2,3\n")]
    [InlineData("jsonl", "{\"id\":1,\"arr\":2}\n{\"id\":1,\"ARR\":2}\n")]
    public async Task A_column_that_is_there_twice_ends_the_read_before_its_first_row(string type, string content)
    {
        _folder.Write($"1.{type}", content);

        Assert.Equal("AFF208", (await OpenFailsAsync(type, "*")).Code);
    }

    [Theory]
    [InlineData("csv", "id,name\n1,Zoë\n", "2,Zoë\n")]
    [InlineData("jsonl", "{\"id\":1,\"name\":\"Zoë\"}\n", "{\"id\":2,\"name\":\"Zoë\"}\n")]
    public async Task Records_in_another_encoding_than_the_rest_are_rejects(string type, string inUtf8, string inLatin1)
    {
        _folder.Write($"1.{type}", [.. Encoding.UTF8.GetBytes(inUtf8), .. Encoding.Latin1.GetBytes(inLatin1)]);

        var read = await FileRead.OfAsync(type, _folder, "*");

        Assert.Equal(["1|Zoë"], read.Joined());
        Assert.Equal(["AFF224"], read.Malformed.Select(record => record.Code));
    }

    [Theory]
    [InlineData("csv", "AFF226")]
    [InlineData("csv quoted", "AFF222")]
    [InlineData("jsonl", "AFF226")]
    public async Task A_cell_of_40_MB_is_a_reject(string type, string code)
    {
        var large = new string('x', 40 * 1024 * 1024);
        _folder.Write("rows", type switch
        {
            "csv" => $"id,name\n1,a\n2,{large}\n3,c\n",
            "csv quoted" => $"id,name\n1,a\n2,\"{large}\"\n3,c\n",
            _ => $"{{\"id\":1,\"name\":\"a\"}}\n{{\"id\":2,\"name\":\"{large}\"}}\n{{\"id\":3,\"name\":\"c\"}}\n",
        });

        var read = await FileRead.OfAsync(type.Split(' ')[0], _folder, "rows");

        Assert.Equal(["1|a", "3|c"], read.Joined());
        Assert.Equal([code], read.Malformed.Select(record => record.Code));
    }

    [Fact]
    public async Task A_cell_of_5_MB_in_Parquet_ends_the_read_when_it_is_asked_for()
    {
        _folder.Write("rows.parquet", await ParquetFiles.OfTextAsync(["id", "name"], ["1", new string('x', 5 * 1024 * 1024)]));

        var problem = await FileRead.FailsAsync(() => FileRead.OfAsync("parquet", _folder, "rows.parquet"));

        Assert.Equal("AFF226", problem.Code);
        Assert.Equal(["1"], (await FileRead.OfAsync("parquet", _folder, "rows.parquet", "SELECT id FROM source")).Joined());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public async Task A_file_without_rows_is_a_source_without_rows(string type)
    {
        _folder.Write($"1.{type}", await ContentAsync(type, ["id", "arr"]));

        var read = await FileRead.OfAsync(type, _folder, "*");

        Assert.Equal(["id", "arr"], read.Columns);
        Assert.Empty(read.Rows);
    }

    [Theory]
    [InlineData("csv", null)]
    [InlineData("csv", "SELECT * FROM source")]
    [InlineData("jsonl", null)]
    [InlineData("jsonl", "SELECT * FROM source")]
    [InlineData("parquet", null)]
    [InlineData("parquet", "SELECT * FROM source")]
    public async Task A_file_that_is_written_again_while_it_is_read_ends_the_read(string type, string? query)
    {
        for (var at = 1; at <= 2; at++)
        {
            _folder.Write($"{at}.{type}", await ContentAsync(type, ["id", "arr"], ["1", "2"]));
        }

        await using var reader = await FileRead.OpenAsync(type, _folder, new FileSettings("*") { Query = query });
        _folder.Write($"2.{type}", await ContentAsync(type, ["id", "arr"], ["1", "3"], ["2", "4"]));

        Assert.Equal("AFF215", (await FileRead.FailsAsync(() => FileRead.OfAsync(reader))).Code);
    }

    private static async Task<byte[]> ContentAsync(string type, string[] names, params string[][] rows) => type switch
    {
        "parquet" => await ParquetFiles.OfTextAsync(names, rows),
        "csv" => Encoding.UTF8.GetBytes(string.Concat(rows.Prepend(names).Select(row => string.Join(',', row) + "\n"))),
        _ => Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => $"{{{string.Join(',', names.Zip(row, (name, cell) => $"\"{name}\":{cell}"))}}}\n"))),
    };

    private Task<Problem> OpenFailsAsync(string type, string path) => FileRead.FailsAsync(async () =>
    {
        await using var reader = await FileRead.OpenAsync(type, _folder, new FileSettings(path));
        throw new InvalidOperationException("It was opened.");
    });
}
