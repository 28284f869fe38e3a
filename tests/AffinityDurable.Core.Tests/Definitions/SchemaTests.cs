using System.Text.Json.Nodes;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;
using NJsonSchema;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>The schema that editors use and the parser say the same.</summary>
public sealed class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(SampleFiles.Root, "schemas", "sync.schema.json")))!.AsObject();

    /// <summary>Sections of the parser and where the schema describes them.</summary>
    public static TheoryData<string, string> Sections => new()
    {
        { "", "" },
        { "source.csv", "csvSource" },
        { "source.jsonl", "jsonlSource" },
        { "source.parquet", "parquetSource" },
        { "source.postgres", "postgresSource" },
        { "source.snowflake", "snowflakeSource" },
        { "source.sqlserver", "sqlserverSource" },
        { "source.asOf", "asOf" },
        { "scope", "scope" },
        { "scope.where", "scopeCondition" },
        { "match.domain", "domainKey" },
        { "match.field", "fieldKey" },
        { "source.push", "pushSource" },
        { "source.push.start", "pushStart" },
        { "source.http", "httpSource" },
        { "source.http.paging", "httpPaging" },
        { "source.http.batch", "httpBatch" },
        { "fields.*", "fieldMapping" },
        { "schedule", "schedule" },
        { "onField", "fieldTrigger" },
        { "guards", "guards" },
        { "health", "health" },
        { "health.rules[]", "healthRule" },
        { "stamp", "stamp" },
        { "tolerate", "tolerate" },
    };

    public static TheoryData<string> SampleNames => [.. Directory.GetFiles(SampleFiles.Folder).Concat(RepositorySamples()).Select(file => Path.GetRelativePath(SampleFiles.Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Parser_and_schema_know_the_same_keys(string section, string definition)
    {
        Assert.Equal(Asked()[section], Properties(definition).Select(property => property.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parser_and_schema_have_the_same_sections()
    {
        Assert.Equal(Asked().Keys.Order(StringComparer.Ordinal), Sections.Select(row => (string)row[0]).Order(StringComparer.Ordinal));
        Assert.Equal(
            Schema["definitions"]!.AsObject().Select(definition => definition.Key).Except(["column", "commonSource", "matchRule", "source"]).Order(StringComparer.Ordinal),
            Sections.Select(row => (string)row[1]).Where(name => name.Length > 0).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parser_and_schema_know_the_same_words()
    {
        Assert.Equal(Words.Of<MatchKey>(), Properties("matchRule").Select(property => property.Key));
        Assert.Equal(Words.Of<CompanyKey>(), Enumerated("fieldKey", "by"));
        Assert.Equal(Words.Of<Delivery>(), Enumerated("csvSource", "delivers"));
        Assert.Equal(Words.Of<OnNull>(), Enumerated("fieldMapping", "onNull"));
        Assert.Equal(Words.Of<OnUnknownOption>(), Enumerated("fieldMapping", "onUnknownOption"));
        Assert.Equal(Words.Of<OnConflict>(), Enumerated("fieldMapping", "onConflict"));
        Assert.Equal(Words.Of<ReferenceKey>(), Enumerated("fieldMapping", "resolve"));
        Assert.Equal(Words.Of<SyncActivity>(), Enumerated("", "state"));
        Assert.Equal(Words.Of<ApprovalRule>(), Enumerated("", "approval"));
        Assert.Equal(Words.Of<Verification>(), Enumerated("", "verify"));
        Assert.Equal(Types.All.Names, Sources.SelectMany(source => Enumerated(source, "type")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parser_and_schema_have_the_same_defaults()
    {
        var definition = DefinitionParser.Parse(File.ReadAllText(SampleFiles.Path("smallest.yml")), "", Types.All).Require();
        var mapping = definition.Fields[0];

        Assert.Equal(
            new (string, string, object)[]
            {
                ("", "onNewEntry", definition.OnNewEntry),
                ("", "minuteShare", definition.MinuteSharePercent),
                ("", "maxParallelBatches", definition.MaxParallelBatches),
                ("", "recheckAfter", Durations.Format(definition.RecheckAfter)),
                ("", "timeZone", definition.TimeZone),
                ("", "state", "active"),
                ("", "approval", "firstRun"),
                ("", "canary", definition.Canary),
                ("", "verify", "changed"),
                ("csvSource", "pick", "all"),
                ("csvSource", "delivers", "all"),
                ("csvSource", "onArrival", false),
                ("jsonlSource", "pick", "all"),
                ("jsonlSource", "delivers", "all"),
                ("jsonlSource", "onArrival", false),
                ("parquetSource", "pick", "all"),
                ("parquetSource", "delivers", "all"),
                ("parquetSource", "onArrival", false),
                ("postgresSource", "timeout", "5m"),
                ("postgresSource", "connectTimeout", "15s"),
                ("postgresSource", "maxRows", 10_000_000),
                ("snowflakeSource", "timeout", "5m"),
                ("snowflakeSource", "connectTimeout", "15s"),
                ("snowflakeSource", "maxRows", 10_000_000),
                ("pushSource", "start", "atOnce"),
                ("domainKey", "parentDomain", false),
                ("fieldKey", "parentDomain", false),
                ("sqlserverSource", "timeout", "5m"),
                ("sqlserverSource", "connectTimeout", "15s"),
                ("sqlserverSource", "maxRows", 10_000_000),
                ("fieldMapping", "onNull", "keep"),
                ("fieldMapping", "onUnknownOption", "reject"),
                ("fieldMapping", "onConflict", "sourceWins"),
                ("fieldMapping", "separator", mapping.Separator),
                ("fieldMapping", "overrideEnriched", mapping.OverrideEnriched),
                ("fieldMapping", "resolve", "id"),
                ("schedule", "cron", definition.Schedule.Cron),
                ("schedule", "timeZone", definition.Schedule.TimeZone),
                ("schedule", "graceHours", definition.Schedule.GraceHours),
                ("schedule", "priority", definition.Schedule.Priority),
                ("guards", "minRows", definition.Guards.MinRows),
                ("guards", "maxRowDropPercent", definition.Guards.MaxRowDropPercent),
                ("guards", "maxCoverageDropPercent", definition.Guards.MaxCoverageDropPercent),
                ("guards", "maxOverwrittenPercent", definition.Guards.MaxOverwrittenPercent),
                ("guards", "maxClearedPercent", definition.Guards.MaxClearedPercent),
                ("guards", "maxRejectedPercent", definition.Guards.MaxRejectedPercent),
                ("guards", "maxNullJumpPercent", definition.Guards.MaxNullJumpPercent),
                ("guards", "minEntries", definition.Guards.MinEntries),
                ("tolerate", "rejects", definition.TolerateRejects),
            }.Select(row => $"{row.Item1}.{row.Item2}: {JsonValue.Create(row.Item3)!.ToJsonString()}").Order(StringComparer.Ordinal),
            Sections.Select(row => (string)row[1]).SelectMany(section => Properties(section)
                .Where(property => property.Value!["default"] is not null)
                .Select(property => $"{section}.{property.Key}: {property.Value!["default"]!.ToJsonString()}"))
                .Order(StringComparer.Ordinal));
        Assert.Equal((Delivery.All, OnNull.Keep, OnUnknownOption.Reject, OnConflict.SourceWins), (definition.Sources[0].Delivers, mapping.OnNull, mapping.OnUnknownOption, mapping.OnConflict));
        Assert.Equal((SyncActivity.Active, ApprovalRule.FirstRun, Verification.Changed), (definition.State, definition.Approval, definition.Verify));
    }

    [Fact]
    public async Task Parser_and_schema_have_the_same_ranges()
    {
        var schema = await ReadAsync();
        var checks = 0;
        foreach (var section in new[] { "", "schedule", "guards", "tolerate" })
        {
            foreach (var (key, property) in Properties(section).Where(property => property.Value!["minimum"] is not null))
            {
                var minimum = property!["minimum"]!.GetValue<double>();
                var maximum = property["maximum"]?.GetValue<double>();
                Agree(schema, section, key, minimum, fits: true);
                Agree(schema, section, key, minimum - 1, fits: false);
                if (maximum is { } top)
                {
                    Agree(schema, section, key, top, fits: true);
                    Agree(schema, section, key, top + 1, fits: false);
                }

                checks++;
            }
        }

        Assert.Equal(15, checks);
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public async Task Every_sample_passes_parser_and_schema(string file)
    {
        var yaml = await File.ReadAllTextAsync(Path.Combine(SampleFiles.Root, file));

        Assert.Empty(DefinitionParser.Parse(yaml, file, Types.All).Problems);
        Assert.Empty((await ReadAsync()).Validate(YamlAsJson.Of(yaml)));
    }

    [Theory]
    [InlineData("list: 77", "list: 77\nwibble: 1")]
    [InlineData("list: 77", "list: http://acme.affinity.co/lists/77")]
    [InlineData("list: 77", "list: https://example.com/lists/77")]
    [InlineData("list: 77", "list: 0")]
    [InlineData("list: 77\n", "")]
    [InlineData("sync: smallest", "sync: Smallest")]
    [InlineData("type: csv", "type: excel")]
    [InlineData("type: csv", "type: csv\n  delivers: some")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: []")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: [entry_id, entry_id]")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: [entry_id, true]")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: [entry_id]\n  start: soon")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: [entry_id]\n  start: {}")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: [entry_id]\n  start: { afterQuiet: 2 minutes }")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: [entry_id]\n  delivers: all")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: [entry_id]\n  path: a.csv")]
    [InlineData("type: csv", "type: csv\n  delimiter: ';;'")]
    [InlineData("type: csv", "type: csv\n  delimiter: '\"'")]
    [InlineData("type: csv", "type: csv\n  sheet: 1")]
    [InlineData("path: portfolio.csv", "path: https://example.com/portfolio.csv")]
    [InlineData("path: portfolio.csv", "path: s3://bucket")]
    [InlineData("path: portfolio.csv", "path: gs://bucket/portfolio.csv")]
    [InlineData("path: portfolio.csv", "path: portfolio.csv\n  pick: oldest")]
    [InlineData("path: portfolio.csv", "path: portfolio.csv\n  maxAge: 1 day")]
    [InlineData("path: portfolio.csv", "path: portfolio.csv\n  marker: done/_SUCCESS")]
    [InlineData("path: portfolio.csv", "path: portfolio.csv\n  manifest: ''")]
    [InlineData("path: portfolio.csv", "path: s3://bucket/portfolio.csv\n  connection: ''")]
    [InlineData("path: portfolio.csv", "path: portfolio.csv\n  onArrival: yes")]
    [InlineData("path: portfolio.csv", "path: ''")]
    [InlineData("  - entryId: entry_id", "  - wibble: entry_id")]
    [InlineData("  - entryId: entry_id", "  - { entryId: entry_id, domain: website }")]
    [InlineData("  - entryId: entry_id", "  []")]
    [InlineData("  - entryId: entry_id", "  - domain: { parentDomain: true }")]
    [InlineData("  - entryId: entry_id", "  - email: { column: mail }")]
    [InlineData("  - entryId: entry_id", "  - field: ext_id")]
    [InlineData("  - entryId: entry_id", "  - field: { name: External ID }")]
    [InlineData("  - entryId: entry_id", "  - field: { column: ext_id }")]
    [InlineData("  - entryId: entry_id", "  - field: { name: Organization, column: site, by: name }")]
    [InlineData("  - entryId: entry_id", "  - field: { name: Organization, column: site, parentDomain: true }")]
    [InlineData("  - entryId: entry_id", "  - field: { name: Organization, column: site, by: companyId, parentDomain: true }")]
    [InlineData("  ARR: arr_usd", "  {}")]
    [InlineData("list: 77", "list: 77\nscope: {}")]
    [InlineData("list: 77", "list: 77\nscope: { savedView: 0 }")]
    [InlineData("list: 77", "list: 77\nscope: { savedView: 12, where: { field: Stage, is: Seed } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Stage } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { is: Seed } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Stage, is: [] } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Stage, is: [[Seed]] } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Stage, is: true } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Stage, is: Seed, isEmpty: false } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Stage, isEmpty: 1 } }")]
    [InlineData("ARR: arr_usd", "ARR: true")]
    [InlineData("ARR: arr_usd", "ARR: [arr_usd]")]
    [InlineData("ARR: arr_usd", "ARR: { onNull: keep }")]
    [InlineData("ARR: arr_usd", "ARR: { from: arr_usd, onNull: drop }")]
    [InlineData("ARR: arr_usd", "ARR: { from: arr_usd, overrideEnriched: 1 }")]
    [InlineData("ARR: arr_usd", "Owner: { from: owner, resolve: name }")]
    [InlineData("ARR: arr_usd", "ARR: { from: arr_usd, separator: '' }")]
    [InlineData("ARR: arr_usd", "ARR: { from: arr_usd, separator: '12345678901' }")]
    [InlineData("list: 77", "list: 77\nschedule: { cron: '0 2 * *' }")]
    [InlineData("list: 77", "list: 77\nschedule: daily")]
    [InlineData("list: 77", "list: 77\nrecheckAfter: 15")]
    [InlineData("list: 77", "list: 77\nrecheckAfter: 15 minutes")]
    [InlineData("list: 77", "list: 77\nminuteShare: '80'")]
    [InlineData("list: 77", "list: 77\napproval: sometimes")]
    [InlineData("list: 77", "list: 77\napprovalTimeout: 12")]
    [InlineData("list: 77", "list: 77\nstate: off")]
    [InlineData("list: 77", "list: 77\nverify: true")]
    [InlineData("list: 77", "list: 77\ncanary: -1")]
    [InlineData("list: 77", "list: 77\nhealth: { writeTo: Health }")]
    [InlineData("list: 77", "list: 77\nhealth: { rules: [] }")]
    [InlineData("list: 77", "list: 77\nstamp: {}")]
    [InlineData("list: 77", "list: 77\nstamp: { day: As of }")]
    [InlineData("list: 77", "list: 77\nsources: [{ name: a, type: csv, path: a.csv }]")]
    [InlineData("source:\n  type: csv\n  path: portfolio.csv", "sources: []")]
    [InlineData("source:\n  type: csv\n  path: portfolio.csv", "sources: [{ type: csv, path: a.csv }]")]
    [InlineData("source:\n  type: csv\n  path: portfolio.csv", "sources: [{ name: Big Warehouse, type: csv, path: a.csv }]")]
    [InlineData("type: csv", "type: csv\n  match: []")]
    [InlineData("type: csv", "type: csv\n  latestBy: ''")]
    [InlineData("type: csv", "type: csv\n  asOf: { maxAge: 90d }")]
    [InlineData("type: csv", "type: csv\n  asOf: { column: day, maxAge: 90 days }")]
    [InlineData("ARR: arr_usd", "ARR: { from: {} }")]
    [InlineData("ARR: arr_usd", "ARR: { from: { source: [arr_usd] } }")]
    [InlineData("list: 77", "list: 77\nhealth: { rules: [{ field: ARR }] }")]
    [InlineData("list: 77", "list: 77\nhealth: { rules: [{ field: ARR, below: 1, above: 2 }] }")]
    [InlineData("list: 77", "list: 77\nhealth: { rules: [{ field: ARR, staleDays: 0 }] }")]
    [InlineData("ARR: arr_usd", "ARR: { from: arr_usd, onConflict: nobody }")]
    [InlineData("ARR: arr_usd", "ARR: { from: arr_usd, maxFactor: 0.5 }")]
    [InlineData("ARR: arr_usd", "ARR: { from: arr_usd, maxDelta: -1 }")]
    public async Task What_one_refuses_the_other_refuses(string from, string to)
    {
        var good = await File.ReadAllTextAsync(SampleFiles.Path("smallest.yml"));
        var bad = good.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(good, bad);

        Assert.NotEmpty(DefinitionParser.Parse(bad, "", Types.All).Problems);
        Assert.NotEmpty((await ReadAsync()).Validate(YamlAsJson.Of(bad)));
    }

    [Theory]
    [InlineData("list: 77", "list: https://acme.affinity.co/lists/77/views/12-all?x=1")]
    [InlineData("list: 77", "list: '77'")]
    [InlineData("type: csv", "type: csv\n  delimiter: \"\\t\"")]
    [InlineData("type: csv", "type: csv\n  delimiter: '\\t'")]
    [InlineData("type: csv", "type: csv\n  delimiter: tab")]
    [InlineData("path: portfolio.csv", "path: C:/data/portfolio.csv")]
    [InlineData("type: csv\n  path: portfolio.csv", "type: push\n  columns: [entry_id, arr_usd, 2024]\n  start: scheduled\n  delivers: changes")]
    [InlineData("path: portfolio.csv", "path: s3://bucket/exports/*.csv.gz\n  pick: newest\n  maxAge: 1d2h\n  marker: _SUCCESS\n  manifest: manifest.json")]
    [InlineData("path: portfolio.csv", "path: az://container/portfolio.csv\n  connection: lake\n  onArrival: true")]
    [InlineData("  - entryId: entry_id", "  - email: mail\n  - domain: { column: site, parentDomain: true }")]
    [InlineData("  - entryId: entry_id", "  - field: { name: External ID, column: 2024 }\n  - field: { name: field-7, column: site, by: domain, parentDomain: true }")]
    [InlineData("list: 77", "list: 77\nscope: { savedView: 12 }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Stage, is: Seed } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Year, isNot: [2024, '2025'] } }")]
    [InlineData("list: 77", "list: 77\nscope: { where: { field: Stage, isEmpty: false } }")]
    [InlineData("ARR: arr_usd", "ARR: 2024")]
    [InlineData("list: 77", "list: 77\nrecheckAfter: 0s")]
    [InlineData("type: csv", "type: csv\n  name: warehouse\n  match: [{ domain: site }]\n  asOf: day\n  latestBy: day")]
    [InlineData("type: csv", "type: csv\n  asOf: { column: day, maxAge: 90d }")]
    [InlineData("ARR: arr_usd", "ARR: { from: { source: arr_usd } }")]
    [InlineData("list: 77", "list: 77\nstamp: { source: Origin }")]
    [InlineData("list: 77", "list: 77\napproval: always\napprovalTimeout: 2d\nstate: planOnly\ncanary: 5\nverify: all")]
    [InlineData("list: 77", "list: 77\nhealth: { writeTo: Health, rules: [{ field: ARR, below: 1e6 }, { field: ARR, missing: true }, { field: Valued, staleDays: 90 }] }")]
    [InlineData("ARR: arr_usd", "ARR: { from: arr_usd, onConflict: humanWins, maxFactor: 1, maxDelta: 0 }")]
    public async Task What_one_accepts_the_other_accepts(string from, string to)
    {
        var yaml = (await File.ReadAllTextAsync(SampleFiles.Path("smallest.yml"))).Replace(from, to, StringComparison.Ordinal);

        Assert.Empty(DefinitionParser.Parse(yaml, "", Types.All).Problems);
        Assert.Empty((await ReadAsync()).Validate(YamlAsJson.Of(yaml)));
    }

    [Fact]
    public void Every_key_is_described()
    {
        var sections = Sections.Select(row => (string)row[1]).Append("matchRule").Append("commonSource");

        Assert.All(sections.SelectMany(Properties), property => Assert.True(
            property.Value!["description"] is not null || property.Value["$ref"] is not null, $"'{property.Key}' has no description."));
    }

    /// <summary>The definitions of the types of sources.</summary>
    private static IEnumerable<string> Sources =>
        Schema["definitions"]!["source"]!["oneOf"]!.AsArray().Select(type => type!["$ref"]!.GetValue<string>().Split('/')[^1]);

    /// <summary>The keys that the parser asks for, by section, over all samples: each type of source has one.</summary>
    private static Dictionary<string, SortedSet<string>> Asked()
    {
        var findings = new Findings("");
        foreach (var sample in Directory.GetFiles(SampleFiles.Folder))
        {
            DefinitionParser.Read(File.ReadAllText(sample), "", Types.All, findings);
        }

        return findings.Asked;
    }

    private static IEnumerable<string> RepositorySamples() =>
        from folder in new[] { "samples", "syncs" }
        let path = Path.Combine(SampleFiles.Root, folder)
        where Directory.Exists(path)
        from file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".yaml" or ".yml" && File.ReadAllText(file).Contains("sync:", StringComparison.Ordinal)
        select file;

    private static Task<JsonSchema> ReadAsync() => JsonSchema.FromJsonAsync(Schema.ToJsonString());

    private static JsonObject Properties(string definition) =>
        (definition.Length == 0 ? Schema : Schema["definitions"]![definition]!)["properties"]!.AsObject();

    private static IEnumerable<string> Enumerated(string definition, string key) =>
        Properties(definition)[key]!["enum"]!.AsArray().Select(word => word!.GetValue<string>());

    private static void Agree(JsonSchema schema, string section, string key, double number, bool fits)
    {
        var line = FormattableString.Invariant($"{key}: {number}");
        var yaml = File.ReadAllText(SampleFiles.Path("smallest.yml")) + (section.Length == 0 ? line : $"{section}: {{ {line} }}");

        Assert.True(fits == (DefinitionParser.Parse(yaml, "", Types.All).Problems.Count == 0), $"The parser disagrees about {section}.{line}.");
        Assert.True(fits == (schema.Validate(YamlAsJson.Of(yaml)).Count == 0), $"The schema disagrees about {section}.{line}.");
    }
}
