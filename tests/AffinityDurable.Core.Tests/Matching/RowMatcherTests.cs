using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using CsCheck;
using static AffinityDurable.Core.Tests.Matching.Lists;

namespace AffinityDurable.Core.Tests.Matching;

public sealed class RowMatcherTests
{
    private static readonly string[] Columns = ["Entry", "Company", "Website"];

    private static readonly MatchRule[] Rules =
    [
        new(MatchKey.EntryId, "entry"), new(MatchKey.CompanyId, "company"), new(MatchKey.Domain, "website"),
    ];

    private static readonly EntryIndex List = Index(
        Entry(11, 101, "Acme", "acme.com", "acme.io"),
        Entry(12, 102, "Beta", "www.Beta.com", "beta.com", "not a domain"),
        Entry(13, 103, "Gamma", "shared.com"),
        Entry(14, 104, null, "shared.com"),
        Entry(15, 105, "Twice", "twice.com"),
        Entry(16, 105, "Twice", "twice.com"),
        Entry(17, 107, "None"),
        Entry(11, 999, "Given twice by the pages", "late.com"));

    [Theory]
    [InlineData("11", null, null, 11)]
    [InlineData(null, "102", null, 12)]
    [InlineData(null, null, "acme.io", 11)]
    [InlineData(null, null, "https://www.beta.com/about", 12)]
    [InlineData("17", "101", "beta.com", 17)]
    [InlineData(null, "101", "beta.com", 11)]
    public void The_first_rule_that_finds_one_entry_decides(string? entry, string? company, string? website, long expected) =>
        AssertMatched(expected, Match(entry, company, website));

    [Theory]
    [InlineData("999", "101", null, 11)]
    [InlineData("999", "888", "beta.com", 12)]
    [InlineData(" ", null, "beta.com", 12)]
    public void A_blank_key_or_one_without_a_hit_leads_to_the_next_rule(string? entry, string? company, string? website, long expected) =>
        AssertMatched(expected, Match(entry, company, website));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("999", "888", "nobody.com")]
    [InlineData(null, "999", null)]
    [InlineData(null, null, "late.com")]
    [InlineData(null, null, "sub.acme.com")]
    public void A_row_without_a_hit_is_unmatched(string? entry, string? company, string? website) =>
        Assert.Equal(MatchKind.Unmatched, Match(entry, company, website).Kind);

    [Theory]
    [InlineData(null, "105", null, "companyId '105' belongs to 2 entries: 15 (Twice), 16 (Twice).")]
    [InlineData(null, null, "www.shared.com", "domain 'www.shared.com' belongs to 2 entries: 13 (Gamma), 14.")]
    [InlineData(null, "105", "acme.com", "companyId '105' belongs to 2 entries: 15 (Twice), 16 (Twice).")]
    [InlineData("x", "105", "acme.com", "companyId '105' belongs to 2 entries: 15 (Twice), 16 (Twice).")]
    public void A_key_of_several_entries_rejects_the_row_and_names_them(string? entry, string? company, string? website, string reason)
    {
        var result = Match(entry, company, website);

        Assert.Equal(MatchKind.Rejected, result.Kind);
        Assert.Equal((MatchErrors.Ambiguous.Id, reason), (result.Rejection!.Code, result.Rejection.Reason));
    }

    [Fact]
    public void Of_many_entries_only_some_are_named()
    {
        var index = Index(Enumerable.Range(1, 100_000).Select(i => Entry(i, i, $"C{i}", "gmail.com")));
        var result = new RowMatcher([new(MatchKey.Domain, "d")], ["d"], index).Match(new MemoryRow { Cells = ["gmail.com"] });

        Assert.EndsWith("1 (C1), 2 (C2), 3 (C3), 4 (C4), 5 (C5) and 99995 more.", result.Rejection!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", null, null, "abc")]
    [InlineData("-11", null, null, "-11")]
    [InlineData("11.0", null, null, "11.0")]
    [InlineData("1,100", null, null, "1,100")]
    [InlineData("99999999999999999999", null, null, "99999999999999999999")]
    [InlineData(null, "0x65", null, "0x65")]
    [InlineData(null, null, "jane@acme.com", "jane@acme.com")]
    [InlineData("abc", "888", "nobody.com", "abc")]
    [InlineData("999", null, "n/a", "n/a")]
    [InlineData("abc", null, "n/a", "abc")]
    public void A_key_that_cannot_be_one_rejects_the_row(string? entry, string? company, string? website, string key)
    {
        var result = Match(entry, company, website);

        Assert.Equal(MatchKind.Rejected, result.Kind);
        Assert.Equal((MatchErrors.UnusableKey.Id, key), (result.Rejection!.Code, result.Rejection.Key));
    }

    [Fact]
    public void A_key_that_cannot_be_one_is_passed_over_when_a_later_rule_finds_one_entry() =>
        AssertMatched(12, Match("abc", "x", "beta.com"));

    [Fact]
    public void Everything_that_is_missing_is_said_at_once_with_the_columns_there_are()
    {
        var exception = Assert.Throws<ProblemException>(
            () => new RowMatcher([new(MatchKey.Domain, "Site"), new(MatchKey.EntryId, "ENTRY")], Columns, ["arr", "Website", "ARR"], List));

        Assert.Equal(2, exception.Problems.Count);
        Assert.All(exception.Problems, problem => Assert.Equal(MatchErrors.ColumnMissing.Id, problem.Code));
        Assert.EndsWith(" Columns there are: Entry, Company, Website.", exception.Problems[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Columns there are", exception.Problems[1].Message, StringComparison.Ordinal);
        Assert.Contains("'Site', needed to match by domain", exception.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("'arr', mapped to a field", exception.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finding_an_entry_allocates_nothing()
    {
        var matcher = new RowMatcher(Rules, Columns, List);
        var rows = new MemoryRow[]
        {
            new() { Cells = [null, null, "https://www.acme.io/x"] }, new() { Cells = ["12", null, null] }, new() { Cells = [null, "999", "nobody.com"] },
        };

        Assert.Equal(0, Allocated.ByThousand(i => matcher.Match(rows[i % 3])));
    }

    private static readonly Gen<string?> Key = Gen.OneOf<string?>(
        Gen.Int[0, 8].Select(i => (string?)$"{i}"), Gen.OneOf<string?>(null, "x", "-"), Gen.Int[0, 8].Select(i => (string?)$"www.d{i}.com"));

    [Fact]
    public void The_index_answers_as_a_search_through_all_entries_would() => Gen.Select(
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 6], Gen.Int[0, 8].Array[0, 3]).Array[0, 8], Key, Key, Key).Sample(
        (entries, entry, company, website) =>
        {
            EntrySnapshot[] list = [.. entries.Select(e => Entry(e.Item1, e.Item2, null, [.. e.Item3.Select(d => $"D{d}.com")]))];
            var result = new RowMatcher(Rules, Columns, Index(list)).Match(new MemoryRow { Cells = [entry, company, website] });

            var distinct = list.DistinctBy(e => e.EntryId).ToArray();
            var (kind, entryId) = Expect(distinct, entry, company, website);
            Assert.Equal(kind, result.Kind);
            Assert.Equal(entryId, result.Kind == MatchKind.Matched ? distinct[result.Ordinal].EntryId : 0);
        },
        iter: 20_000);

    private static (MatchKind Kind, long EntryId) Expect(EntrySnapshot[] list, string? entry, string? company, string? website)
    {
        var unusable = false;
        (string? Key, bool Usable, Func<EntrySnapshot, bool> Hit)[] rules =
        [
            (entry, long.TryParse(entry, out _), e => $"{e.EntryId}" == entry),
            (company, long.TryParse(company, out _), e => $"{e.EntityId}" == company),
            (website, website?.Contains('.', StringComparison.Ordinal) == true, e => e.Domains.Any(d => $"www.{d}".Equals(website, StringComparison.OrdinalIgnoreCase))),
        ];
        foreach (var (key, usable, hit) in rules.Where(rule => rule.Key is not null))
        {
            var hits = usable ? list.Where(hit).ToArray() : [];
            unusable |= !usable;
            if (hits.Length > 0)
            {
                return hits.Length == 1 ? (MatchKind.Matched, hits[0].EntryId) : (MatchKind.Rejected, 0);
            }
        }

        return (unusable ? MatchKind.Rejected : MatchKind.Unmatched, 0);
    }

    private static MatchResult Match(string? entry, string? company, string? website) =>
        new RowMatcher(Rules, Columns, List).Match(new MemoryRow { Cells = [entry, company, website] });

    private static void AssertMatched(long entryId, MatchResult result)
    {
        Assert.Equal(MatchKind.Matched, result.Kind);
        Assert.Equal(entryId, List.EntryId(result.Ordinal));
    }
}
