using AffinityDurable.Core.Definitions;
using static AffinityDurable.Core.Tests.Definitions.PortfolioText;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>What the values of keys may be.</summary>
public sealed class DefinitionValueTests
{
    [Theory]
    [InlineData("sync: portfolio-metrics", "sync: [a]")]
    [InlineData("sync: portfolio-metrics", "sync:")]
    [InlineData("sync: portfolio-metrics", "sync: yes")]
    [InlineData("list: 77", "list: { id: 77 }")]
    [InlineData("source:\n  type: csv\n  path: exports/portfolio.csv", "source: csv")]
    [InlineData("match:\n  - entryId: entry_id", "match: entry_id")]
    [InlineData("  - entryId: entry_id", "  - entry_id")]
    [InlineData("  - entryId: entry_id", "  - { entryId: entry_id, domain: website }")]
    [InlineData("  - entryId: entry_id", "  - entryId:")]
    [InlineData("  - entryId: entry_id", "  - entryId: [a]")]
    [InlineData("fields:\n  ARR: arr_usd", "fields: [ARR]")]
    [InlineData("  ARR: arr_usd", "  ARR:")]
    [InlineData("  ARR: arr_usd", "  ARR: [arr_usd]")]
    [InlineData("  ARR: arr_usd", "  ARR: yes")]
    [InlineData("  ARR: arr_usd", "  ARR: { from: [arr_usd] }")]
    [InlineData("  ARR: arr_usd", "  ARR: { from: arr_usd, overrideEnriched: maybe }")]
    [InlineData("  ARR: arr_usd", "  ? [a, b]\n  : arr_usd\n  ARR: arr_usd")]
    [InlineData("list: 77", "list: 77\nminuteShare: \"80\"")]
    [InlineData("list: 77", "list: 77\nminuteShare: 8.5")]
    [InlineData("list: 77", "list: 77\nguards: 5")]
    [InlineData("list: 77", "list: 77\nguards: { maxOverwrittenPercent: many }")]
    [InlineData("list: 77", "list: 77\nrecheckAfter: 15")]
    [InlineData("list: 77", "list: 77\nrecheckAfter: 15 minutes")]
    public void A_value_of_the_wrong_type_is_refused(string from, string to) =>
        Assert.Equal("AFF107", Assert.Single(Problems(Valid.Replace(from, to, StringComparison.Ordinal))).Code);

    [Theory]
    [InlineData("minuteShare: 0")]
    [InlineData("minuteShare: 101")]
    [InlineData("maxParallelBatches: 0")]
    [InlineData("maxParallelBatches: 33")]
    [InlineData("recheckAfter: 25h")]
    [InlineData("schedule: { graceHours: 0.1 }")]
    [InlineData("schedule: { graceHours: 169 }")]
    [InlineData("guards: { minRows: -1 }")]
    [InlineData("guards: { minEntries: 99999999999 }")]
    [InlineData("guards: { maxOverwrittenPercent: 100.5 }")]
    [InlineData("guards: { maxOverwrittenPercent: NaN }")]
    [InlineData("tolerate: { rejects: -1 }")]
    public void A_number_out_of_range_is_refused_with_the_range(string line)
    {
        var problem = Problem("AFF109", Valid + line);

        Assert.Matches("^Give a (number|duration) from .+ to .+\\.$", problem.Cure);
    }

    [Theory]
    [InlineData("77", 77)]
    [InlineData("\"77\"", 77)]
    [InlineData("https://acme.affinity.co/lists/77", 77)]
    [InlineData("https://acme.affinity.co/lists/77/", 77)]
    [InlineData("https://acme.affinity.co/lists/77/views/12-all?x=1", 77)]
    [InlineData("https://app.affinity.co/lists/9007199254740993", 9007199254740993)]
    public void A_list_is_an_id_or_an_address(string list, long id) =>
        Assert.Equal(id, DefinitionParser.Parse(Valid.Replace("list: 77", $"list: {list}", StringComparison.Ordinal), "a.yaml", Types.All).Require().ListId);

    [Theory]
    [InlineData("0")]
    [InlineData("-77")]
    [InlineData("7.5")]
    [InlineData("Portfolio")]
    [InlineData("http://acme.affinity.co/lists/77")]
    [InlineData("https://acme.af\u00FC---/lists/77")]
    [InlineData("https://\uFF41ffinity.co/lists/77")]
    [InlineData("https://acme.affinity.co/list/77")]
    [InlineData("https://acme.affinity.co/lists/portfolio")]
    [InlineData("https://acme.affinity.co/lists")]
    [InlineData("https://acme.affinity.co/x/lists/77")]
    [InlineData("https://acme.affinity.co.example.com/lists/77")]
    [InlineData("https://notaffinity.co/lists/77")]
    [InlineData("https://user@acme.affinity.co/lists/77")]
    [InlineData("acme.affinity.co/lists/77")]
    [InlineData("99999999999999999999")]
    public void Anything_else_is_no_list(string list) =>
        Assert.Equal(2, Problem("AFF111", Valid.Replace("list: 77", $"list: {list}", StringComparison.Ordinal)).Line);

    [Theory]
    [InlineData("a", true)]
    [InlineData("portfolio-metrics-2", true)]
    [InlineData("123456789012345678901234567890123456789012345678901234567890", true)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901", false)]
    [InlineData("Portfolio", false)]
    [InlineData("a_b", false)]
    [InlineData("a@b", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("größe", false)]
    public void A_sync_has_a_name_that_fits_into_run_ids(string name, bool fits) =>
        Assert.Equal(fits ? [] : ["AFF110"], Problems(Valid.Replace("portfolio-metrics", name, StringComparison.Ordinal)).Select(problem => problem.Code));

    [Theory]
    [InlineData("exports/portfolio.csv")]
    [InlineData("../drop/portfolio.csv")]
    [InlineData("/data/portfolio.csv")]
    [InlineData("'C:\\data\\portfolio.csv'")]
    [InlineData("C:/data/portfolio.csv")]
    [InlineData("exports/*.csv")]
    public void Relative_and_absolute_paths_are_left_to_the_allowed_folders(string path) =>
        Assert.Empty(Problems(Valid.Replace("exports/portfolio.csv", path, StringComparison.Ordinal)));

    [Theory]
    [InlineData("''")]
    [InlineData("' '")]
    [InlineData("\"a\\0b\"")]
    [InlineData("https://example.com/portfolio.csv")]
    [InlineData("s3://bucket")]
    [InlineData("file:///data/portfolio.csv")]
    [InlineData("gs://bucket/portfolio.csv")]
    public void Paths_that_cannot_be_files_are_refused(string path) =>
        Assert.Equal(5, Problem("AFF112", Valid.Replace("exports/portfolio.csv", path, StringComparison.Ordinal)).Line);

    [Theory]
    [InlineData("\"\\t\"")]
    [InlineData("'\\t'")]
    [InlineData("tab")]
    [InlineData("'|'")]
    [InlineData("','")]
    public void One_character_delimits(string delimiter) =>
        Assert.Empty(Problems(Valid.Replace("  type: csv", $"  type: csv\n  delimiter: {delimiter}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("''")]
    [InlineData("';;'")]
    [InlineData("'\"'")]
    [InlineData("\"\\n\"")]
    [InlineData("ü")]
    public void Other_delimiters_are_refused(string delimiter) =>
        Assert.Equal(5, Problem("AFF119", Valid.Replace("  type: csv", $"  type: csv\n  delimiter: {delimiter}", StringComparison.Ordinal)).Line);

    [Theory]
    [InlineData("0 2 * *", "4 fields")]
    [InlineData("0 0 2 * * *", "6 fields")]
    [InlineData("'@daily'", "1 field ")]
    [InlineData("60 2 * * *", "Minutes")]
    [InlineData("0 2 * * MOO", "Days of week")]
    [InlineData("H 2 * * *", "fixed time")]
    [InlineData("0 0 30 2 *", "never comes")]
    [InlineData("' '", "0 fields")]
    public void A_schedule_has_five_cron_fields_that_come_true(string cron, string reason) =>
        Assert.Contains(reason, Problem("AFF113", Valid + $"schedule: {{ cron: {cron} }}").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Europe/Londn", "Europe/London")]
    [InlineData("GMT Standard Time", "Europe/London")]
    [InlineData("Mars/Olympus Mons", "Europe/London")]
    [InlineData("''", "UTC")]
    public void An_unknown_time_zone_is_refused_with_a_known_one(string zone, string hint) =>
        Assert.Contains(hint, Problem("AFF114", Valid + $"timeZone: {zone}").Cure, StringComparison.Ordinal);
}
