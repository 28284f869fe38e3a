using System.Text;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Core.Tests.Reporting;

/// <summary>What people open in a spreadsheet runs nothing there.</summary>
public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"https://evil.example\")", "\"'=HYPERLINK(\"\"https://evil.example\"\")\"")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\t=1", "'\t=1")]
    public async Task A_text_that_is_a_formula_to_a_spreadsheet_has_an_apostrophe_before_it(string cell, string expected) =>
        Assert.Equal(expected, await WriteAsync(cell));

    [Theory]
    [InlineData("-12.5")]
    [InlineData("+3")]
    [InlineData("-1E+06")]
    [InlineData("-")]
    [InlineData("Acme = Zenith")]
    [InlineData("")]
    public async Task Numbers_and_other_texts_stay_as_they_are(string cell) => Assert.Equal(cell, await WriteAsync(cell));

    [Fact]
    public async Task What_programs_read_stays_as_it_is() => Assert.Equal("=Acme", await WriteAsync("=Acme", keepsFormulas: true));

    private static async Task<string> WriteAsync(string cell, bool keepsFormulas = false)
    {
        using var stream = new MemoryStream();
        await using (var csv = new CsvWriter(stream) { KeepsFormulas = keepsFormulas })
        {
            csv.WriteRecord([cell]);
        }

        return Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF')[..^2];
    }
}
