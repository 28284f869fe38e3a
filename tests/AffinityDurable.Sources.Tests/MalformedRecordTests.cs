using System.Text;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.Tests;

public sealed class MalformedRecordTests
{
    [Theory]
    [InlineData("1,2,3", "AFF221")]
    [InlineData("1", "AFF221")]
    [InlineData("1,\"x", "AFF222")]
    [InlineData("1,x\"y\"", "AFF223")]
    [InlineData("1, \"x\"", "AFF223")]
    [InlineData("1,\"x\"y", "AFF223")]
    [InlineData("1,\"x\" ", "AFF223")]
    [InlineData("1,\"", "AFF222")]
    [InlineData("1,x\0y", "AFF225")]
    public async Task A_malformed_record_costs_its_line_and_the_rest_goes_on(string line, string code)
    {
        var read = await CsvRead.OfAsync($"a,b\nok,1\n{line}\nok,2\nok,3\n");

        var malformed = Assert.Single(read.Malformed);
        Assert.Equal((3L, 3L, code), (malformed.FirstLine, malformed.LastLine, malformed.Code));
        Assert.Contains("Line 3", malformed.Reason, StringComparison.Ordinal);
        Assert.Equal(["ok|1", "ok|2", "ok|3"], read.Joined());
        Assert.Equal([2, 4, 5], read.Lines);
        Assert.Equal((5L, 3L, 1L, 4L), (read.Accounting.PhysicalLines, read.Accounting.RowLines, read.Accounting.MalformedLines, read.Accounting.Records));
    }

    [Theory]
    [InlineData(new byte[] { 0xE9 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    public async Task A_record_that_is_not_UTF_8_is_malformed(byte[] bytes)
    {
        var read = await CsvRead.OfAsync([.. "a,b\n1,"u8, .. bytes, .. "\n2,é\n"u8]);

        Assert.Equal(SourceErrors.InvalidUtf8.Id, Assert.Single(read.Malformed).Code);
        Assert.Equal(["2|é"], read.Joined());
    }

    [Fact]
    public async Task A_first_cell_that_begins_like_a_byte_order_mark_keeps_it_when_others_are_malformed() =>
        Assert.Equal(["\uFEFF1|x"], (await CsvRead.OfAsync("a,b\n\uFEFF1,x\nbad\n")).Joined());

    [Fact]
    public async Task A_record_in_sound_quotes_is_malformed_as_a_whole()
    {
        var read = await CsvRead.OfAsync("a,b\n1,\"x\ny\nz\",3\n4,5\n");

        var malformed = Assert.Single(read.Malformed);
        Assert.Equal((2L, 4L, "AFF221"), (malformed.FirstLine, malformed.LastLine, malformed.Code));
        Assert.Equal([5], read.Lines);
    }

    [Fact]
    public async Task A_lost_quote_costs_one_line_where_the_next_quote_cannot_close_it()
    {
        var read = await CsvRead.OfAsync("a,b\n1,\"lost\n2,x\n3,\"quoted\"\n4,y\n");

        Assert.Equal(2, Assert.Single(read.Malformed).FirstLine);
        Assert.Equal(["2|x", "3|quoted", "4|y"], read.Joined());
    }

    [Fact]
    public async Task A_quoted_field_may_not_swallow_more_than_a_thousand_lines()
    {
        var lines = string.Concat(Enumerable.Range(1, 1500).Select(i => $"{i},x\n"));
        var read = await CsvRead.OfAsync($"a,b\nlost,\"\n{lines}1501,\"\"\n");

        Assert.Equal(SourceErrors.UnterminatedQuote.Id, Assert.Single(read.Malformed).Code);
        Assert.Equal(1501, read.Rows.Count);
    }

    [Theory]
    [InlineData(RecordLimits.MaxBytes, false)]
    [InlineData(RecordLimits.MaxBytes + 1, true)]
    [InlineData((RecordLimits.MaxBytes * 4) + 1, true)]
    [InlineData(RecordLimits.MaxBytes * 9, true)]
    public async Task A_record_above_the_limit_is_malformed_and_one_below_is_a_row(int bytes, bool tooLong)
    {
        foreach (var lineEnd in (string[])["\n", "\r\n", "\r"])
        {
            foreach (var quote in (string[])["", "\""])
            {
                var record = $"1,{quote}{new string('x', bytes - 2 - (2 * quote.Length))}{quote}";
                var read = await CsvRead.OfAsync($"a,b{lineEnd}0,y{lineEnd}{record}{lineEnd}2,z{lineEnd}");

                Assert.Equal(tooLong ? 2 : 3, read.Rows.Count);
                Assert.Equal(4, read.Lines[^1]);
                Assert.Equal(4, read.Accounting.PhysicalLines);
                Assert.Equal(tooLong ? [3L] : [], read.Malformed.Select(record => record.FirstLine));
                Assert.All(read.Malformed, record => Assert.Contains(record.Code, (string[])["AFF222", "AFF226"]));
            }
        }
    }

    [Fact]
    public async Task Rows_after_many_malformed_ones_keep_their_lines()
    {
        var content = new StringBuilder("a,b\n");
        for (var i = 2; i <= 20_001; i++)
        {
            content.Append(i % 3 == 0 ? "bad\n" : $"{i},x\n");
        }

        var read = await CsvRead.OfAsync(content.ToString());

        Assert.All(read.Rows.Index(), row => Assert.Equal(row.Item[0], $"{read.Lines[row.Index]}"));
        Assert.Equal(Enumerable.Range(1, 6667).Select(i => i * 3L), read.Malformed.Select(record => record.FirstLine));
    }
}
