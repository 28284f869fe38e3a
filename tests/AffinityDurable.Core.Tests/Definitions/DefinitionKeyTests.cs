using static AffinityDurable.Core.Tests.Definitions.PortfolioText;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>Which keys a definition has: unknown, missing, given twice, or holding a secret.</summary>
public sealed class DefinitionKeyTests
{
    [Theory]
    [InlineData("syncc: x", "Did you mean 'sync'?")]
    [InlineData("minute-share: 80", "Did you mean 'minuteShare'?")]
    [InlineData("recheckafter: 80", "Did you mean 'recheckAfter'?")]
    public void An_unknown_key_is_named_with_the_likely_one(string line, string hint)
    {
        var problem = Problem("AFF104", Valid + line);

        Assert.Contains(hint, problem.Message, StringComparison.Ordinal);
        Assert.Equal(10, problem.Line);
    }

    [Fact]
    public void An_unknown_key_that_resembles_nothing_lists_the_known_ones()
    {
        var problem = Problem("AFF104", Valid + "wibble: 1");

        Assert.DoesNotContain("Did you mean", problem.Message, StringComparison.Ordinal);
        Assert.Contains("maxParallelBatches", problem.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sync: portfolio-metrics\n", "'sync' is missing.")]
    [InlineData("list: 77\n", "'list' is missing.")]
    [InlineData("source:\n  type: csv\n  path: exports/portfolio.csv\n", "'source' is missing.")]
    [InlineData("  type: csv\n", "'source.type' is missing.")]
    [InlineData("  path: exports/portfolio.csv\n", "'source.path' is missing.")]
    [InlineData("match:\n  - entryId: entry_id\n", "'match' is missing.")]
    [InlineData("fields:\n  ARR: arr_usd\n", "'fields' is missing.")]
    public void Each_needed_key_is_asked_for(string without, string message) =>
        Assert.Equal(message, Problem("AFF105", Valid.Replace(without, "", StringComparison.Ordinal)).Message);

    [Theory]
    [InlineData("fields:\n  ARR: arr_usd", "fields: {}", "'fields' is empty")]
    [InlineData("match:\n  - entryId: entry_id", "match: []", "'match' is empty")]
    [InlineData("  type: csv", "  type: csv\n  query: ''", "'source.query' is empty")]
    [InlineData("  ARR: arr_usd", "  ARR: { from: arr_usd, format: '' }", "The format is empty")]
    public void A_section_that_needs_content_is_not_empty(string from, string to, string message) =>
        Assert.StartsWith(message, Problem("AFF115", Valid.Replace(from, to, StringComparison.Ordinal)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_given_twice_is_refused_with_both_lines()
    {
        var problem = Problem("AFF106", Valid + "list: 78");

        Assert.Equal(10, problem.Line);
        Assert.Contains("line 2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_mapped_twice_is_refused_even_with_blanks_around() =>
        Assert.Equal(10, Problem("AFF116", Valid + "  ' ARR ': arr_eur").Line);

    [Fact]
    public void One_column_may_feed_two_fields() => Assert.Empty(Problems(Valid + "  ARR last year: arr_usd"));

    [Fact]
    public void One_column_cannot_be_two_match_keys() =>
        Assert.Equal(8, Problem("AFF117", Valid.Replace("  - entryId: entry_id\n", "  - entryId: id\n  - companyId: id\n", StringComparison.Ordinal)).Line);

    [Theory]
    [InlineData("password: hunter2")]
    [InlineData("apiKey: hunter2")]
    [InlineData("api_key: hunter2")]
    [InlineData("source2: { client-secret: hunter2 }")]
    [InlineData("connectionString: Server=x;Password=hunter2")]
    [InlineData("timeZone: Server=x;Password=hunter2")]
    [InlineData("timeZone: https://user:hunter2@example.com")]
    [InlineData("timeZone: AccountKey=hunter2==")]
    [InlineData("timeZone: Bearer hunter2hunter2hunter2")]
    [InlineData("timeZone: AKIAHUNTER2HUNTER234")]
    [InlineData("timeZone: '-----BEGIN RSA PRIVATE KEY----- hunter2'")]
    public void A_secret_is_refused_and_never_repeated(string line)
    {
        var problem = Problems(Valid + line).First(problem => problem.Code == "AFF118");

        Assert.Equal(10, problem.Line);
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void No_problem_of_a_definition_with_a_secret_repeats_it() =>
        Assert.All(
            Problems(Valid + "timeZone: Server=x;Password=hunter2\nlist: https://user:hunter2@acme.affinity.co/lists/7\ndelimiter: {token: hunter2}"),
            problem => Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal));

    [Fact]
    public void Fields_of_Affinity_may_be_called_anything() => Assert.Empty(Problems(Valid + "  Token: token_price\n  Secret: { from: secret }"));
}
