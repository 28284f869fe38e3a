using System.Text;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Tests;

public sealed class CsvSourceTests
{
    [Fact]
    public async Task Rows_come_in_order_with_their_lines_and_cells_as_text()
    {
        var read = await CsvRead.OfAsync("id,name,arr\n001,Acme,1e3\n2,Zoë,2026-10-01\n");

        Assert.Equal(["id", "name", "arr"], read.Columns);
        Assert.Equal(["001|Acme|1e3", "2|Zoë|2026-10-01"], read.Joined());
        Assert.Equal([2, 3], read.Lines);
        Assert.Empty(read.Malformed);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\n1,2\n3,4")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("a,b\r\n1,2\n3,4\r")]
    [InlineData("\uFEFFa,b\n1,2\n3,4\n")]
    [InlineData("\uFEFFa,b\r\n1,2\r\n3,4")]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n3,\"4\"\n")]
    [InlineData(" a , b \n 1 , 2 \n3,4 \n")]
    [InlineData("a;b\n1;2\n3;4\n")]
    [InlineData("a\tb\n1\t2\n3\t4\n")]
    [InlineData("a|b\n1|2\n3|4\n")]
    public async Task Line_ends_byte_order_mark_quotes_blanks_and_usual_delimiters_make_no_difference(string content)
    {
        var read = await CsvRead.OfAsync(content);

        Assert.Equal(["a", "b"], read.Columns);
        Assert.Equal(["1|2", "3|4"], read.Joined());
        Assert.Equal([2, 3], read.Lines);
        Assert.Empty(read.Malformed);
    }

    [Theory]
    [InlineData("~", "a~b\n1~x,y;z\n")]
    [InlineData("\\t", "a\tb\n1\tx,y;z\n")]
    [InlineData("tab", "a\tb\n1\tx,y;z\n")]
    [InlineData("'", "a'b\n1'x,y;z\n")]
    [InlineData(" ", "a b\n1 x,y;z\n")]
    public async Task A_given_delimiter_is_used(string delimiter, string content) =>
        Assert.Equal(["1|x,y;z"], (await CsvRead.OfAsync(content, delimiter: delimiter)).Joined());

    [Fact]
    public async Task The_delimiter_is_found_outside_quotes() =>
        Assert.Equal(["a,b,c,d", "e"], (await CsvRead.OfAsync("\"a,b,c,d\";e\n1;2\n")).Columns);

    [Theory]
    [InlineData(";;")]
    [InlineData("\"")]
    [InlineData("é")]
    [InlineData("")]
    public async Task A_delimiter_that_cannot_be_one_is_refused(string delimiter) =>
        Assert.Equal(SourceErrors.BadDelimiter.Id, (await CsvRead.FailsAsync(() => CsvRead.OfAsync("a,b\n", delimiter: delimiter))).Code);

    [Fact]
    public async Task Quoted_fields_keep_delimiters_line_ends_and_doubled_quotes()
    {
        var read = await CsvRead.OfAsync("a,b,c\n\"x,y\",\"two\nlines\r\nthree\",\"say \"\"hi\"\"\"\n1,2,3\n");

        Assert.Equal(["x,y|two\nlines\r\nthree|say \"hi\"", "1|2|3"], read.Joined());
        Assert.Equal([2, 5], read.Lines);
        Assert.Equal(4, read.Accounting.RowLines);
    }

    [Fact]
    public async Task Empty_and_blank_cells_are_null()
    {
        var read = await CsvRead.OfAsync("a,b,c,d\n,\"\",  ,\" \t\"\n");

        Assert.Equal(["∅|∅|∅|∅"], read.Joined());
    }

    [Fact]
    public async Task Nothing_is_taken_for_null_or_a_number_by_its_looks() =>
        Assert.Equal(["NULL|nan|007|true"], (await CsvRead.OfAsync("a,b,c,d\nNULL,nan,007,true\n")).Joined());

    [Fact]
    public async Task Blank_lines_are_counted_and_shift_the_lines_of_rows()
    {
        var read = await CsvRead.OfAsync("\n\r\na,b\n\n1,2\n\n\n3,4\n\n");

        Assert.Equal(["1|2", "3|4"], read.Joined());
        Assert.Equal([5, 8], read.Lines);
        Assert.Equal(6, read.Accounting.BlankLines);
        Assert.Equal(9, read.Accounting.PhysicalLines);
    }

    [Fact]
    public async Task A_file_of_one_column_has_no_rows_in_blank_lines()
    {
        var read = await CsvRead.OfAsync("a\n1\n\n\"\"\n2\n");

        Assert.Equal(["1", "∅", "2"], read.Joined());
        Assert.Equal([2, 4, 5], read.Lines);
    }

    [Theory]
    [InlineData("a,b\n")]
    [InlineData("a,b")]
    [InlineData("a,b\r\n\r\n")]
    public async Task A_header_alone_is_a_source_without_rows(string content)
    {
        var read = await CsvRead.OfAsync(content);

        Assert.Equal(["a", "b"], read.Columns);
        Assert.Empty(read.Rows);
    }

    [Fact]
    public async Task A_column_without_a_name_is_called_by_its_place() =>
        Assert.Equal(["a", "column2", "c", "column4"], (await CsvRead.OfAsync("a,,c, \n")).Columns);

    [Fact]
    public async Task Column_names_may_hold_anything_that_a_quoted_field_may()
    {
        var read = await CsvRead.OfAsync("\"it's \"\"arr\"\"\",\"two\nlines\",'; DROP\n1,2,3\n", "SELECT * FROM source");

        Assert.Equal(["it's \"arr\"", "two\nlines", "'; DROP"], read.Columns);
        Assert.Equal(["1|2|3"], read.Joined());
        Assert.Equal(2, read.Accounting.HeaderLines);
    }

    [Fact]
    public async Task Column_names_that_occur_twice_are_all_named()
    {
        var exception = await Assert.ThrowsAsync<ProblemException>(() => CsvRead.OfAsync("Arr,b,ARR,B\n1,2,3,4\n"));

        Assert.All(exception.Problems, problem => Assert.Equal(SourceErrors.DuplicateColumns.Id, problem.Code));
        Assert.Equal(["columns 1, 3", "columns 2, 4"], exception.Problems.Select(problem => problem.Message.Split(": ")[^1].TrimEnd('.')));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public async Task A_file_without_a_header_is_refused(string content) =>
        Assert.Equal(SourceErrors.NoHeader.Id, (await CsvRead.FailsAsync(() => CsvRead.OfAsync(content))).Code);

    [Theory]
    [InlineData("a,\"b\n1,2\n")]
    [InlineData("a,b\"c\n1,2\n")]
    [InlineData("a,\0b\n1,2\n")]
    public async Task A_malformed_header_is_refused(string content) =>
        Assert.Equal(SourceErrors.BadHeader.Id, (await CsvRead.FailsAsync(() => CsvRead.OfAsync(content))).Code);

    [Fact]
    public async Task A_file_in_UTF_16_is_refused_with_the_cure()
    {
        var problem = await CsvRead.FailsAsync(() => CsvRead.OfAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")]));

        Assert.Equal(SourceErrors.BadHeader.Id, problem.Code);
        Assert.Contains("UTF-8", problem.Cure, StringComparison.Ordinal);
    }
}
