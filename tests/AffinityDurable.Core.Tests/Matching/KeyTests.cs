using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Values;
using CsCheck;

namespace AffinityDurable.Core.Tests.Matching;

/// <summary>Rows that find entries by e-mail address, by a field of the list and by the domain above theirs.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData(" Ada@Example.VC ", "ada@example.vc")]
    [InlineData("o'neil+deals@sub.example.com", "o'neil+deals@sub.example.com")]
    [InlineData("ada", null)]
    [InlineData("@example.vc", null)]
    [InlineData("ada@", null)]
    [InlineData("ada@example@vc", null)]
    [InlineData("Ada <ada@example.vc>", null)]
    [InlineData("ada@example.vc; bob@example.vc", null)]
    public void An_address_is_one_address_in_lower_case(string text, string? expected) =>
        Assert.Equal(expected, EmailKey.Normalize(text));

    [Fact]
    public void Addresses_find_their_person_however_they_are_written() => Gen.Select(Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 3]).Sample((n, upper, spaces) =>
    {
        var persons = Enumerable.Range(0, 10).Select(i => Person(i + 1, $"Person.{i}@Example.vc", $"p{i}@old.vc")).ToArray();
        var written = $"{(n % 2 == 0 ? $"person.{n}@example.vc" : $"p{n}@old.vc")}{new string(' ', spaces)}";
        var result = Match(new MatchRule(MatchKey.Email, "key"), upper ? written.ToUpperInvariant() : written, persons);

        Assert.Equal((MatchKind.Matched, n), (result.Kind, result.Ordinal));
    });

    [Fact]
    public void An_address_of_two_persons_rejects_the_row() =>
        AssertRejected(MatchErrors.Ambiguous, Match(new MatchRule(MatchKey.Email, "key"), "team@example.vc", Person(1, "team@example.vc"), Person(2, "TEAM@example.vc")));

    [Fact]
    public void What_is_no_address_rejects_the_row() =>
        AssertRejected(MatchErrors.UnusableKey, Match(new MatchRule(MatchKey.Email, "key"), "example.vc", Person(1, "team@example.vc")));

    [Theory]
    [InlineData("uk.shop.acme.com", true)]
    [InlineData("https://blog.acme.co.uk/x", true)]
    [InlineData("acme.com", true)]
    [InlineData("other.co.uk", false)]
    [InlineData("somebody.github.io", false)]
    [InlineData("uk.linkedin.com/company/acme", false)]
    [InlineData("com", false)]
    public void A_parent_domain_stands_for_its_company_but_never_a_host_that_many_share(string website, bool found)
    {
        var list = Lists.Entry(1, 1, "Acme", "acme.com", "acme.co.uk", "co.uk", "github.io", "linkedin.com");
        var matcher = new RowMatcher([new MatchRule(MatchKey.Domain, "key") { ParentDomain = true }], ["key"], new EntryIndex([list]));

        Assert.Equal(found, matcher.Match(new MemoryRow { Cells = [website] }).Kind == MatchKind.Matched);
    }

    [Fact]
    public void Without_being_asked_no_parent_domain_is_tried() =>
        Assert.Equal(MatchKind.Unmatched, new RowMatcher([new MatchRule(MatchKey.Domain, "key")], ["key"], new EntryIndex([Lists.Entry(1, 1, "Acme", "acme.com")])).Match(new MemoryRow { Cells = ["shop.acme.com"] }).Kind);

    [Theory]
    [InlineData("text", "X-1", true)]
    [InlineData("text", "x-1", false)]
    [InlineData("number", "1e2", true)]
    [InlineData("number", "100.0", true)]
    [InlineData("number", "101", false)]
    [InlineData("datetime", "2026-03-01T09:30:00Z", true)]
    [InlineData("dropdown", "series a", true)]
    [InlineData("dropdown", "Seed", false)]
    [InlineData("dropdown-multi", "Series A", true)]
    [InlineData("dropdown-multi", "Seed", true)]
    [InlineData("company", "5001", true)]
    [InlineData("person-multi", "22", true)]
    [InlineData("person-multi", "23", false)]
    public void A_cell_finds_the_entry_with_this_value(string valueType, string cell, bool found)
    {
        var rule = new MatchRule(MatchKey.Field, "key") { Field = "Key" };
        var key = KeyOf(rule, valueType);
        var entry = Lists.Entry(1, 1, "Acme") with { Keys = [key.Of(LiveValue.Known(Value(valueType)), [])] };

        Assert.Equal(found, Match(rule, cell, key, entry).Kind == MatchKind.Matched);
    }

    [Fact]
    public void A_text_that_is_no_option_cannot_be_a_key()
    {
        var rule = new MatchRule(MatchKey.Field, "key") { Field = "Key" };

        AssertRejected(MatchErrors.UnusableKey, Match(rule, "Series Q", KeyOf(rule, "dropdown")));
    }

    [Fact]
    public void A_value_of_two_entries_rejects_the_row_and_the_field_is_named()
    {
        var rule = new MatchRule(MatchKey.Field, "key") { Field = "External ID" };
        var result = Match(rule, "7", KeyOf(rule, "text"), Lists.Entry(1, 1, "Acme") with { Keys = [["7"]] }, Lists.Entry(2, 2, "Beta") with { Keys = [["7"]] });

        AssertRejected(MatchErrors.Ambiguous, result);
        Assert.Equal("field 'External ID' '7' belongs to 2 entries: 1 (Acme), 2 (Beta).", result.Rejection!.Reason);
    }

    [Theory]
    [InlineData("https://www.acme.com/", false, true)]
    [InlineData("shop.acme.com", false, false)]
    [InlineData("shop.acme.com", true, true)]
    [InlineData("beta.com", false, true)]
    public void An_opportunity_is_found_by_the_domain_of_its_companies(string website, bool parentDomain, bool found)
    {
        var rule = new MatchRule(MatchKey.Field, "key") { Field = "Organization", Through = CompanyKey.Domain, ParentDomain = parentDomain };
        var key = KeyOf(rule, "company-multi");
        var entry = Lists.Entry(1, 1, "Deal") with { Keys = [key.Of(LiveValue.Known(Value("company")), ["Acme.com", "beta.com"])] };

        Assert.Equal(found, Match(rule, website, key, entry).Kind == MatchKind.Matched);
    }

    private static FieldValue? Value(string valueType) => valueType switch
    {
        "text" => new TextValue("X-1"),
        "number" => new NumberValue(100m),
        "datetime" => new DateValue(new DateOnly(2026, 3, 1)),
        "dropdown" => new OptionValue(2),
        "dropdown-multi" => SetValue.Of([new OptionValue(1), new OptionValue(2)]),
        "company" => new ReferenceValue(5001),
        _ => SetValue.Of([new ReferenceValue(21), new ReferenceValue(22)]),
    };

    private static FieldKey KeyOf(MatchRule rule, string valueType) => new(
        new ResolvedKey(0, new AffinityField("field-9", "Key", "list", valueType), [new DropdownOption(1, "Seed"), new DropdownOption(2, "Series A")]),
        rule,
        TimeZoneInfo.Utc);

    private static EntrySnapshot Person(long id, params string[] emails) => Lists.Entry(id, id, null) with { Emails = emails };

    private static MatchResult Match(MatchRule rule, string cell, params EntrySnapshot[] entries) => Match(rule, cell, null, entries);

    private static MatchResult Match(MatchRule rule, string cell, FieldKey? key, params EntrySnapshot[] entries) =>
        new RowMatcher([rule], ["key"], [], new EntryIndex(entries), key is null ? [] : [key]).Match(new MemoryRow { Cells = [cell] });

    private static void AssertRejected(ErrorCode code, MatchResult result) =>
        Assert.Equal((MatchKind.Rejected, code.Id), (result.Kind, result.Rejection?.Code));
}
