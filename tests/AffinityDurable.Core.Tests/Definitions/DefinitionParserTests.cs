using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;
using CsCheck;

namespace AffinityDurable.Core.Tests.Definitions;

public sealed class DefinitionParserTests
{
    private const string Valid = """
        sync: portfolio-metrics
        list: 77
        source:
          type: csv
          path: exports/portfolio.csv
        match:
          - entryId: entry_id
        fields:
          ARR: arr_usd

        """;

    [Fact]
    public void Every_key_is_read()
    {
        var definition = Sample("portfolio-metrics.yaml");

        Assert.Equal(("portfolio-metrics", 77), (definition.Sync, definition.ListId));
        Assert.Equal(("csv", "exports/portfolio.csv", Delivery.All), (definition.Sources[0].Type, definition.Sources[0].Place, definition.Sources[0].Delivers));
        Assert.Equal(
            [("type", "csv"), ("path", "exports/portfolio.csv"), ("delimiter", ";"), ("query", "select * from source where fund = 'II'"), ("delivers", "all")],
            definition.Sources[0].Settings.Entries.Select(entry => (entry.Key, ((YamlText)entry.Value).Value)));
        Assert.Equal([(MatchKey.EntryId, "entry_id"), (MatchKey.CompanyId, "company_id"), (MatchKey.Domain, "website")], definition.Match.Select(rule => (rule.By, rule.Column)));
        Assert.Equal(
            [
                new FieldMapping { Field = "ARR", Column = "arr_usd", Line = 15 },
                new FieldMapping { Field = "Stage", Column = "stage", OnNull = OnNull.Clear, OnUnknownOption = OnUnknownOption.Reject, Line = 16 },
                new FieldMapping { Field = "field-12", Column = "tags", Separator = "|", OverrideEnriched = true, Line = 17 },
                new FieldMapping { Field = "Burn", Column = "burn", Format = "currency decimalComma", OnConflict = OnConflict.HumanWins, MaxFactor = 10, MaxDelta = 5_000_000, Line = 18 },
            ],
            definition.Fields);
        Assert.Equal(new ScheduleDefinition { Cron = "0 2 * * *", TimeZone = "Europe/London", GraceHours = 6 }, definition.Schedule);
        Assert.Equal((80, 6, TimeSpan.FromMinutes(15)), (definition.MinuteSharePercent, definition.MaxParallelBatches, definition.RecheckAfter));
        Assert.Equal(("Europe/London", 0), (definition.TimeZone, definition.TolerateRejects));
        Assert.Equal(new GuardDefinition { MaxUnmatchedPercent = 60 }, definition.Guards);
        Assert.Equal((SyncActivity.Active, ApprovalRule.OnGuardBreach, TimeSpan.FromHours(12)), (definition.State, definition.Approval, definition.ApprovalTimeout));
        Assert.Equal((5, Verification.Changed, "Health"), (definition.Canary, definition.Verify, definition.Health!.WriteTo));
        Assert.Equal(
            [new HealthRule { Field = "ARR", Below = 100_000, Line = 47 }, new HealthRule { Field = "Burn", Missing = true, Line = 48 }],
            definition.Health.Rules);
    }

    [Fact]
    public void Keys_that_are_left_out_have_their_defaults()
    {
        var definition = Sample("smallest.yml");

        Assert.Equal(new ScheduleDefinition(), definition.Schedule);
        Assert.Equal(new GuardDefinition(), definition.Guards);
        Assert.Equal((80, 6, TimeSpan.FromMinutes(15)), (definition.MinuteSharePercent, definition.MaxParallelBatches, definition.RecheckAfter));
        Assert.Equal(("UTC", 0, Delivery.All), (definition.TimeZone, definition.TolerateRejects, definition.Sources[0].Delivers));
        Assert.Equal(new FieldMapping { Field = "ARR", Column = "arr_usd", Line = 9 }, Assert.Single(definition.Fields));
    }

    [Fact]
    public void Values_other_than_the_defaults_are_taken_over()
    {
        var definition = Sample("people.yaml");

        Assert.Equal(Delivery.Changes, definition.Sources[0].Delivers);
        Assert.Equal([("field-2024", "2024", null), ("Last contacted", "last_contacted", "dd/MM/yyyy")], definition.Fields.Select(field => (field.Field, field.Column, field.Format)));
        Assert.Equal((TimeSpan.FromMinutes(90), 12.5), (definition.RecheckAfter, definition.Guards.MaxOverwrittenPercent));
        Assert.Equal(("30 6 * * MON-FRI", "America/New_York"), (definition.Schedule.Cron, definition.Schedule.TimeZone));
    }

    [Fact]
    public void Ten_mistakes_give_ten_problems_with_their_lines()
    {
        var problems = Problems("""
            sync: Portfolio Metrics
            list: http://acme.affinity.co/lists/77
            source:
              type: csvv
              delivers: everything
            match:
              - website: domain
            fields:
              ARR: arr_usd
              ARR: arr_eur
              Stage: { from: stage, onNul: clear }
            schedule: { cron: "0 2 * *", timeZone: Europe/Londn }
            minuteShare: 180
            """);

        Assert.Equal(
            [
                ("AFF110", 1), ("AFF111", 2), ("AFF108", 4), ("AFF108", 5), ("AFF108", 7),
                ("AFF116", 10), ("AFF104", 11), ("AFF113", 12), ("AFF114", 12), ("AFF109", 13),
            ],
            problems.Select(problem => (problem.Code, problem.Line!.Value)));
        Assert.All(problems, problem => Assert.Equal("portfolio.yaml", problem.File));
        Assert.All(problems, problem => Assert.False(string.IsNullOrWhiteSpace(problem.Cure)));
    }

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

    [Theory]
    [InlineData("a: b: c", 1)]
    [InlineData("sync: x\nlist: [77\nfields: x\n", 3)]
    [InlineData("sync: x\n\tlist: 77\n", 2)]
    [InlineData("sync: x\nsource:\n\ttype: csv\n", 3)]
    [InlineData("sync: 'x\n", 1)]
    [InlineData("sync: @x\n", 1)]
    public void Broken_yaml_is_one_problem_with_its_line(string yaml, int line)
    {
        var problem = Problem("AFF101", yaml);

        Assert.InRange(problem.Line!.Value, line, line + 1);
    }

    [Fact]
    public void A_tab_as_indentation_is_named() =>
        Assert.Equal(("The line is indented with a tab.", 3), (Problem("AFF101", "sync: x\nsource:\n\ttype: csv\n") is var problem ? (problem.Message, problem.Line) : default));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("...\n")]
    [InlineData("just text\n")]
    [InlineData("- a\n")]
    [InlineData("77\n")]
    public void A_file_without_keys_is_refused(string yaml) => Assert.Equal("AFF107", Assert.Single(Problems(yaml)).Code);

    [Theory]
    [InlineData("sync: &a portfolio-metrics\nlist: 77\ntimeZone: *a", 3)]
    [InlineData("sync: !!str portfolio-metrics", 1)]
    [InlineData("sync: x\n---\nsync: y\n", 2)]
    public void Aliases_tags_and_more_documents_are_refused(string yaml, int line) =>
        Assert.Equal(line, Problems(yaml).First(problem => problem.Code == "AFF102").Line);

    [Fact]
    public void An_alias_bomb_costs_nothing()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"b{i}: &b{i} [*a,*a,*a,*a,*a,*a,*a,*a]\n"));

        Assert.Equal(160, Problems(bomb).Count(problem => problem.Code == "AFF102"));
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal("AFF103", Assert.Single(Problems("a: " + new string('[', 100_000))).Code);

    [Fact]
    public void More_than_a_megabyte_is_refused() =>
        Assert.Equal("AFF103", Assert.Single(Problems(Valid + "#" + new string('x', 1024 * 1024))).Code);

    [Fact]
    public void A_byte_order_mark_and_Windows_line_ends_do_not_matter() =>
        Assert.Empty(Problems("\uFEFF" + Valid.Replace("\n", "\r\n", StringComparison.Ordinal)));

    /// <summary>Whatever a file holds, the answer is a list of problems.</summary>
    [Fact]
    public void No_text_breaks_the_parser()
    {
        var sample = File.ReadAllText(SampleFiles.Path("portfolio-metrics.yaml"));
        string[] pieces = ["[", "]", "{", "}", ":", ": ", "- ", "\n", "\t", "'", "\"", "*a", "&a ", "!", "|", ">", "#", "%", "@", "?", ",", "\0", "ü", "---\n", "...", "null", "<<: ", "\uD800"];
        var piece = Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]);
        var edit = Gen.Select(Gen.Int[0, sample.Length - 10], Gen.Int[0, 9], piece.List[0, 3]);
        edit.List[1, 4].Sample(
            edits =>
            {
                var text = edits.Aggregate(sample, (current, e) => current.Length < e.Item1 + e.Item2 ? current : current.Remove(e.Item1, e.Item2).Insert(e.Item1, string.Concat(e.Item3)));
                var parsed = DefinitionParser.Parse(text, "a.yaml", Types.All);
                return parsed.Succeeded == (parsed.Problems.Count == 0);
            },
            iter: 20_000);
    }

    [Fact]
    public void The_name_is_found_even_where_the_rest_is_wrong()
    {
        Assert.Equal("x", DefinitionParser.SyncOf("sync: x\nwibble: 1\n"));
        Assert.Null(DefinitionParser.SyncOf("wibble: 1\n"));
        Assert.Null(DefinitionParser.SyncOf("sync: [\n"));
    }

    [Fact]
    public void A_definition_with_problems_cannot_be_used_by_mistake()
    {
        var parsed = DefinitionParser.Parse(Valid + "wibble: 1", "a.yaml", Types.All);

        Assert.Null(parsed.Definition);
        Assert.Equal(parsed.Problems, Assert.Throws<ProblemException>(parsed.Require).Problems);
    }

    private static SyncDefinition Sample(string name) =>
        DefinitionParser.Parse(File.ReadAllText(SampleFiles.Path(name)), name, Types.All).Require();

    private static IReadOnlyList<Problem> Problems(string yaml) => DefinitionParser.Parse(yaml, "portfolio.yaml", Types.All).Problems;

    private static Problem Problem(string code, string yaml)
    {
        var problem = Assert.Single(Problems(yaml));
        Assert.Equal(code, problem.Code);
        return problem;
    }
}
