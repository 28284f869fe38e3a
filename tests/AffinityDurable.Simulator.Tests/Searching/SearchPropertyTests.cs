using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests.Searching;

/// <summary>Random lists and random filter trees, held against a plain evaluation of the same JSON over what a client reads.</summary>
public sealed class SearchPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 2, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 7, 1);
    private static readonly string[] Words = ["alpha", "Beta", "gamma ray", "ALPHABET", ""];
    private static readonly Location[] Places = [new(null, "Berlin", null, "Germany", "Europe"), new("1 Main", "Paris", null, "France", "Europe")];

    [Fact]
    public async Task A_search_finds_what_a_plain_evaluation_of_its_filters_finds()
    {
        var account = new Account();
        var rows = Enumerable.Range(0, 12).Select(number => account.List.AddEntry(account.Tenant.AddCompany($"Company {number}"))).ToArray();
        account.List.Remove(account.Entry);
        account.List.Remove(account.Other);
        await using var sim = await Sim.StartAsync(
            new SimulatorOptions { TimeProvider = new FakeTimeProvider(Now), CallsPerMinute = int.MaxValue }, account);
        await Gen.Select(Gen.Int[0, int.MaxValue].Array[account.List.Fields.Count * rows.Length], Tree(account, 2), Sorts(account)).SampleAsync(
            async (numbers, tree, sorts) =>
            {
                Fill(account, rows, numbers);
                var expected = await ExpectedAsync(sim, tree, sorts);
                var body = new JsonObject { ["filters"] = JsonNode.Parse(tree.ToJsonString()), ["sorts"] = JsonNode.Parse(sorts.ToJsonString()) };
                var answer = await sim.SearchUncheckedAsync(body.ToJsonString());
                Assert.Equal(HttpStatusCode.Created, answer.Status);
                Assert.Equal(expected, answer.Ids());
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public async Task No_body_makes_the_simulator_fail_and_what_it_takes_its_document_allows()
    {
        var account = new Account();
        account.Entry.Set(account.Arr, 1).Set(account.Note, "n").Set(account.Closed, Today).Set(account.Tags, new[] { "AI" });
        await using var sim = await Sim.StartAsync(
            new SimulatorOptions { TimeProvider = new FakeTimeProvider(Now), CallsPerMinute = int.MaxValue }, account);
        var schema = sim.Document.Root["components"]!["schemas"]!["SearchCriteria"]!;
        await Gen.Select(Tree(account, 1), Sorts(account), Gen.Int[0, int.MaxValue], Gen.Int[0, Oddities.Length - 1]).SampleAsync(
            async (tree, sorts, place, odd) =>
            {
                var body = new JsonObject
                {
                    ["filters"] = JsonNode.Parse(tree.ToJsonString()), ["sorts"] = JsonNode.Parse(sorts.ToJsonString()),
                    ["search"] = new JsonObject { ["term"] = "acme", ["fieldIds"] = new JsonArray(account.Note.Id) },
                };
                var paths = Places(body, "").ToArray();
                var text = Replace(body, paths[place % paths.Length], Oddities[odd]);
                foreach (var version in (string[])["2024-01-01", "2026-09-17"])
                {
                    var answer = await sim.SearchUncheckedAsync(text, version);
                    Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.BadRequest, $"{answer.Status}: {text}");
                    if (answer.Status == HttpStatusCode.Created && version == "2026-09-17")
                    {
                        Assert.Empty(sim.Document.Problems(schema, JsonDocument.Parse(text).RootElement));
                    }
                }
            },
            iter: 400, threads: 1);

        static IEnumerable<string> Places(JsonNode? node, string at) => node switch
        {
            JsonObject properties => properties.SelectMany(property => Places(property.Value, $"{at}/{property.Key}")).Append(at),
            JsonArray items => items.SelectMany((item, index) => Places(item, $"{at}/{index}")).Append(at),
            _ => [at],
        };
    }

    private static readonly string[] Oddities =
    [
        "null", "true", "0", "-1", "1e999", "-1e-999", "2147483647", "9007199254740992", "1.5", "\"\"", "\"\\ud800\"", "\"is-between\"", "\"date\"", "\"0001-01-01\"",
        "\"9999-12-31\"", "[]", "[null]", "[[]]", "{}", "{\"\\udc00\":1}", "{\"operator\":\"and\",\"filters\":[]}", "[2147483647,2147483647]",
        "{\"amount\":2147483647,\"unit\":\"year\"}", "{\"amount\":[2147483647,2147483647],\"unit\":\"minute\"}",
    ];

    /// <summary>The body with the node at a place replaced by a text, which need not be sound JSON.</summary>
    private static string Replace(JsonObject body, string path, string text)
    {
        const string Mark = "\"#here#\"";
        if (path.Length == 0)
        {
            return text;
        }

        var steps = path[1..].Split('/');
        JsonNode parent = body;
        foreach (var step in steps[..^1])
        {
            parent = parent is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)]! : parent[step]!;
        }

        if (parent is JsonArray array)
        {
            array[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = "#here#";
        }
        else
        {
            parent[steps[^1]] = "#here#";
        }

        return body.ToJsonString().Replace(Mark, text, StringComparison.Ordinal);
    }

    private static void Fill(Account account, ListEntry[] rows, int[] numbers)
    {
        var next = 0;
        foreach (var row in rows)
        {
            foreach (var field in account.List.Fields)
            {
                row.Entity.Set(account.Sector, null);
                var dice = numbers[next++];
                var value = dice % 4 == 0 ? null : Value(account, field, dice / 4);
                if (field.Type == FieldType.List)
                {
                    row.Set(field, value);
                }
                else
                {
                    ((Company)row.Entity).Set(field, value);
                }
            }
        }
    }

    private static object? Value(Account account, Field field, int dice) => field.ValueType switch
    {
        FieldValueType.Text or FieldValueType.FilterableText => Words[dice % Words.Length],
        FieldValueType.FilterableTextMulti => Some(Words, dice),
        FieldValueType.Number => (dice % 5) - 2,
        FieldValueType.NumberMulti => new double[] { dice % 3 },
        FieldValueType.Datetime when dice % 3 == 0 => new DateTimeOffset(Today.AddDays((dice % 9) - 4), new TimeOnly(6, 30), TimeSpan.Zero),
        FieldValueType.Datetime => Today.AddDays((dice % 9) - 4),
        FieldValueType.Location => Places[dice % Places.Length],
        FieldValueType.LocationMulti => Some(Places, dice),
        FieldValueType.Dropdown or FieldValueType.RankedDropdown => field.Options[dice % field.Options.Count],
        FieldValueType.DropdownMulti => Some([.. field.Options], dice),
        FieldValueType.Person => 21,
        FieldValueType.PersonMulti => new[] { 21 },
        FieldValueType.Company => new[] { account.Acme, account.Birch }[dice % 2],
        FieldValueType.CompanyMulti => Some([account.Acme, account.Birch], dice),
        FieldValueType.Interaction => $$"""{"type":"email","id":1,"sentAt":"{{Today.AddDays((dice % 9) - 4):yyyy-MM-dd}}T18:00:00Z"}""",
        _ => null,
    };

    private static T[] Some<T>(T[] items, int dice) => [.. items.Where((_, index) => ((dice >> index) & 1) == 1)];

    private static Gen<JsonObject> Tree(Account account, int depth)
    {
        var leaf = Leaf(account);
        var filter = depth == 0 ? leaf : Gen.Frequency((2, leaf), (1, Tree(account, depth - 1)));
        return Gen.Select(Gen.OneOf("and", "or"), filter.Array[1, 3], (kind, filters) => new JsonObject
        {
            ["operator"] = kind, ["filters"] = new JsonArray([.. filters.Select(each => JsonNode.Parse(each.ToJsonString()))]),
        });
    }

    private static Gen<JsonArray> Sorts(Account account) =>
        Gen.Select(Gen.OneOf(account.Arr, account.Note, account.Closed, account.Stage, account.Status, account.Parent), Gen.OneOf("asc", "desc"),
            (field, direction) => new JsonObject { ["fieldId"] = field.Id, ["direction"] = direction }).Array[1, 3].Select(sorts => new JsonArray([.. sorts]));

    private static Gen<JsonObject> Leaf(Account account) => Gen.OneOf(
    [
        .. account.List.Fields.Where(field => field.ValueType is not (FieldValueType.NumberMulti or FieldValueType.FormulaNumber))
            .SelectMany(field => LeavesOf(account, field)),
    ]);

    private static IEnumerable<Gen<JsonObject>> LeavesOf(Account account, Field field)
    {
        yield return Gen.OneOf("is-empty", "is-not-empty").Select(each => Leaf(field, each, null));
        var isMulti = field.ValueType.IsMulti();
        var set = isMulti ? Gen.OneOf("has-any-of", "has-all-of", "has-none-of") : Gen.OneOf("is-any-of", "is-none-of");
        switch (field.ValueType)
        {
            case FieldValueType.Text:
                yield return Gen.Select(
                    Gen.OneOf("contains", "does-not-contain", "starts-with", "ends-with"), Gen.OneOf("alpha", "BET", "ray", "a", ""),
                    (each, text) => Leaf(field, each, JsonValue.Create(text)));
                break;
            case FieldValueType.Number:
                yield return Gen.Select(
                    Gen.OneOf("is-equal-to", "is-not-equal-to", "is-greater-than", "is-greater-than-or-equal-to", "is-less-than", "is-less-than-or-equal-to"),
                    Gen.Int[-3, 3], (each, number) => Leaf(field, each, JsonValue.Create(number)));
                yield return Gen.Select(Gen.Int[-3, 3], Gen.Int[0, 4], (low, width) => Leaf(field, "is-between", new JsonArray(low, low + width)));
                break;
            case FieldValueType.Datetime or FieldValueType.Interaction:
                yield return Gen.Select(
                    Gen.OneOf("is-on", "is-not-on", "is-before", "is-on-or-before", "is-after", "is-on-or-after"), Gen.Int[-5, 5],
                    (each, days) => Leaf(field, each, Day(days)));
                yield return Gen.Select(Gen.Int[-5, 5], Gen.Int[1, 4], (low, width) => Leaf(field, "is-between", new JsonArray(Day(low), Day(low + width))));
                yield return Gen.Select(
                    Gen.OneOf("is-within-the-last", "is-not-within-the-last", "is-within-the-next", "is-not-within-the-next", "is-between-relative"),
                    Gen.Int[1, 3], Gen.Int[0, 2],
                    (each, near, width) => Leaf(field, each, new JsonObject { ["amount"] = new JsonArray(near, near + width), ["unit"] = "day" }));
                yield return Gen.Select(
                    Gen.OneOf("is-exactly-relative", "is-not-exactly-relative", "is-more-than-relative", "is-more-than-or-equal-to-relative", "is-less-than-relative", "is-less-than-or-equal-to-relative"),
                    Gen.Int[0, 4], (each, amount) => Leaf(field, each, new JsonObject { ["amount"] = amount, ["unit"] = "day" }));
                break;
            default:
                yield return Gen.Select(set, Gen.Int[1, 7], (each, dice) => Leaf(field, each, Items(account, field, dice)));
                break;
        }
    }

    private static JsonArray Items(Account account, Field field, int dice) => field.ValueType switch
    {
        FieldValueType.FilterableText or FieldValueType.FilterableTextMulti => Array(Words[..3], dice, word => JsonValue.Create(word.ToUpperInvariant())),
        FieldValueType.Location or FieldValueType.LocationMulti => Array(
            ["city:Berlin", "country:france", "continent:Europe"], dice, part => new JsonObject { [part.Split(':')[0]] = part.Split(':')[1] }),
        _ when field.ValueType.HasOptions() => Array([.. field.Options.Select(option => option.Id), 9], dice, id => new JsonObject { ["dropdownOptionId"] = id }),
        FieldValueType.Person or FieldValueType.PersonMulti => Array([21L, 22L, 23L], dice, id => new JsonObject { ["id"] = id }),
        _ => Array([account.Acme.Id, account.Birch.Id, 9L], dice, id => new JsonObject { ["id"] = id }),
    };

    private static JsonArray Array<T>(T[] items, int dice, Func<T, JsonNode> write)
    {
        var some = Some(items, dice);
        return new JsonArray([.. (some.Length > 0 ? some : items[..1]).Select(write)]);
    }

    private static JsonValue Day(int days) => JsonValue.Create(Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static JsonObject Leaf(Field field, string filterOperator, JsonNode? value) =>
        JsonNode.Parse(field.Filter(filterOperator, value?.ToJsonString()))!.AsObject();

    /// <summary>The ids of the rows that match, in their order, told from what a page of the list shows.</summary>
    private static async Task<long[]> ExpectedAsync(Sim sim, JsonObject tree, JsonArray sorts)
    {
        var rows = JsonNode.Parse(await sim.Client.GetStringAsync(
            "v2/lists/101/list-entries?fieldTypes=list&fieldTypes=global&fieldTypes=enriched&fieldTypes=relationship-intelligence"))!["data"]!.AsArray();
        var found = rows.Where(row => Matches(row!, tree)).OrderBy(row => 0);
        foreach (var sort in sorts)
        {
            var (id, isDescending) = ((string)sort!["fieldId"]!, (string)sort["direction"]! == "desc");
            found = found.ThenBy(row => Data(row!, id) is null);
            found = isDescending ? found.ThenByDescending(row => Key(Data(row!, id)), Keys) : found.ThenBy(row => Key(Data(row!, id)), Keys);
        }

        return [.. found.ThenBy(row => (long)row!["id"]!).Select(row => (long)row!["id"]!)];
    }

    private static readonly Comparer<object?> Keys = Comparer<object?>.Create((one, other) => (one, other) switch
    {
        (double a, double b) => a.CompareTo(b),
        (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
        _ => 0,
    });

    private static object? Key(JsonNode? data) => data switch
    {
        null => null,
        JsonObject option when option.ContainsKey("rank") => (double)option["rank"]!,
        JsonObject named => (string?)(named["text"] ?? named["name"]),
        _ => data.GetValueKind() == JsonValueKind.Number ? (double)data : (string?)data,
    };

    private static JsonNode? Data(JsonNode row, string fieldId) =>
        row["entity"]!["fields"]!.AsArray().Single(field => (string)field!["id"]! == fieldId)!["value"]!["data"];

    private static bool Matches(JsonNode row, JsonNode filter)
    {
        if (filter["filters"] is JsonArray filters)
        {
            return (string)filter["operator"]! == "and" ? filters.All(each => Matches(row, each!)) : filters.Any(each => Matches(row, each!));
        }

        var (name, value) = ((string)filter["operator"]!, filter["value"]);
        var data = Data(row, (string)filter["fieldId"]!);
        if (name is "is-empty" or "is-not-empty")
        {
            return data is null == (name == "is-empty");
        }

        return name.Contains("none", StringComparison.Ordinal) || name.Contains("not", StringComparison.Ordinal)
            ? data is null || !Holds(data, name.Replace("none", "any", StringComparison.Ordinal).Replace("does-not-contain", "contains", StringComparison.Ordinal).Replace("-not", "", StringComparison.Ordinal), value!)
            : data is not null && Holds(data, name, value!);
    }

    private static bool Holds(JsonNode data, string name, JsonNode value) => name switch
    {
        "is-any-of" => value.AsArray().Any(wanted => Same(data, wanted!)),
        "has-any-of" => value.AsArray().Any(wanted => data.AsArray().Any(item => Same(item!, wanted!))),
        "has-all-of" => value.AsArray().All(wanted => data.AsArray().Any(item => Same(item!, wanted!))),
        "contains" => Lower(data).Contains(Lower(value), StringComparison.Ordinal),
        "starts-with" => Lower(data).StartsWith(Lower(value), StringComparison.Ordinal),
        "ends-with" => Lower(data).EndsWith(Lower(value), StringComparison.Ordinal),
        "is-equal-to" => (double)data == (double)value,
        "is-greater-than" => (double)data > (double)value,
        "is-greater-than-or-equal-to" => (double)data >= (double)value,
        "is-less-than" => (double)data < (double)value,
        "is-less-than-or-equal-to" => (double)data <= (double)value,
        "is-between" when data.GetValueKind() == JsonValueKind.Number => (double)data >= (double)value[0]! && (double)data <= (double)value[1]!,
        _ => HoldsOfDay(PacificDay(data), name, value),
    };

    private static bool HoldsOfDay(DateOnly day, string name, JsonNode value)
    {
        var gone = Today.DayNumber - day.DayNumber;
        return name switch
        {
            "is-on" => day == Date(value),
            "is-before" => day < Date(value),
            "is-on-or-before" => day <= Date(value),
            "is-after" => day > Date(value),
            "is-on-or-after" => day >= Date(value),
            "is-between" => day >= Date(value[0]!) && day <= Date(value[1]!),
            "is-within-the-last" or "is-between-relative" => gone >= (int)value["amount"]![0]! && gone <= (int)value["amount"]![1]!,
            "is-within-the-next" => -gone >= (int)value["amount"]![0]! && -gone <= (int)value["amount"]![1]!,
            "is-exactly-relative" => gone == (int)value["amount"]!,
            "is-more-than-relative" => gone > (int)value["amount"]!,
            "is-more-than-or-equal-to-relative" => gone >= (int)value["amount"]!,
            "is-less-than-relative" => gone < (int)value["amount"]!,
            "is-less-than-or-equal-to-relative" => gone <= (int)value["amount"]!,
            _ => throw new InvalidOperationException(name),
        };
    }

    /// <summary>The days of the test lie in summer: seven hours behind.</summary>
    private static DateOnly PacificDay(JsonNode data) => DateOnly.FromDateTime(DateTimeOffset.Parse(
        (string)(data is JsonObject interaction ? interaction["sentAt"]! : data)!, CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(-7)).DateTime);

    private static DateOnly Date(JsonNode value) => DateOnly.Parse((string)value!, CultureInfo.InvariantCulture);

    private static string Lower(JsonNode text) => ((string)text!).ToLowerInvariant();

    /// <summary>True when every part that is asked for is there; texts in any case.</summary>
    private static bool Same(JsonNode item, JsonNode wanted) => wanted is JsonObject parts
        ? parts.All(part => item[part.Key] is { } own && Same(own, part.Value!))
        : wanted.GetValueKind() == JsonValueKind.String ? Lower(item) == Lower(wanted) : (long)item == (long)wanted;
}
