using AffinityDurable.Simulator.Filtering;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Tests.Filtering;

public sealed class FilterTests
{
    private static readonly Row[] Rows =
    [
        new("Acme", 1, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
        new("acme labs", 2, new(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc)),
        new("Birch \"B\" (old)", null, null),
        new(null, 4, new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc)),
    ];

    private static readonly FilterProperties<Row> Properties = new FilterProperties<Row>()
        .Text("name", FilterOperators.Text, (in Row row) => row.Name)
        .Integer("owner.id", FilterOperators.Equal | FilterOperators.Order, (in Row row) => row.OwnerId)
        .Instant("seenAt", FilterOperators.Equal | FilterOperators.Order, (in Row row) => row.SeenAt);

    [Theory]
    [InlineData("name=Acme", "0")]
    [InlineData(" name  =  Acme ", "0")]
    [InlineData("name=\"acme labs\"", "1")]
    [InlineData("name=acme\\ labs", "1")]
    [InlineData("name=\"Birch \\\"B\\\" (old)\"", "2")]
    [InlineData("name=Birch\\ \\\"B\\\"\\ \\(old\\)", "2")]
    [InlineData("name=\"\"", "")]
    [InlineData("name=^ac", "1")]
    [InlineData("name=$ labs", "1")]
    [InlineData("name=~cm", "0,1")]
    [InlineData("name!=Acme", "1,2,3")]
    [InlineData("name=*", "0,1,2")]
    [InlineData("name!=*", "3")]
    [InlineData("name = *", "0,1,2")]
    [InlineData("owner.id=2", "1")]
    [InlineData("owner.id>1", "1,3")]
    [InlineData("owner.id>=1&owner.id<4", "0,1")]
    [InlineData("owner.id<=1", "0")]
    [InlineData("!owner.id=2", "0,2,3")]
    [InlineData("seenAt>2026-01-01T00:00:00Z", "1,3")]
    [InlineData("seenAt>=2026-01-01T00:00:00Z", "0,1,3")]
    [InlineData("seenAt<2026-02-01T01:00:00\\+01:00", "0")]
    [InlineData("seenAt=2026-02-01T01:00:00+01:00", "1")]
    [InlineData("owner.id=1|owner.id=2&name=none", "0")]
    [InlineData("(owner.id=1|owner.id=2)&name=~labs", "1")]
    [InlineData("owner.id=1 | owner.id=2 | owner.id=4", "0,1,3")]
    [InlineData("!(owner.id=1|name=~Birch)", "1,3")]
    [InlineData("!!owner.id=1", "0")]
    public void What_is_written_is_what_is_found(string filter, string found) => Assert.Equal(found, string.Join(',', Find(filter)));

    [Theory]
    [InlineData("name")]
    [InlineData("name=")]
    [InlineData("=x")]
    [InlineData("name=a b")]
    [InlineData("name=\"a")]
    [InlineData("name=a&")]
    [InlineData("name=a||name=b")]
    [InlineData("(name=a")]
    [InlineData("name=a)")]
    [InlineData("name=a'b")]
    [InlineData("name=[a]")]
    [InlineData("name>a")]
    [InlineData("other=a")]
    [InlineData("Name=a")]
    [InlineData("owner.id=x")]
    [InlineData("owner.id=1.5")]
    [InlineData("owner.id=~1")]
    [InlineData("seenAt>yesterday")]
    [InlineData("seenAt>2026-01-01")]
    [InlineData("seenAt>2026-01-01T00:00:00")]
    [InlineData("seenAt>2026-01-01T00:00:00.5Z")]
    public void Anything_else_is_refused(string filter)
    {
        var refusal = Assert.Throws<ApiException>(() => Find(filter));
        Assert.Equal((400, "filter"), (refusal.Status, refusal.Errors[0].Param));
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        Assert.Equal([0], Find($"{new string('(', 40)}name=Acme{new string(')', 40)}"));
        Assert.Throws<ApiException>(() => Find($"{new string('(', 5_000)}name=Acme{new string(')', 5_000)}"));
        Assert.Throws<ApiException>(() => Find($"{new string('!', 5_000)}name=Acme"));
    }

    private static IEnumerable<int> Find(string filter)
    {
        var passes = Properties.Bind(FilterParser.Parse(filter), new());
        return [.. Enumerable.Range(0, Rows.Length).Where(index => passes(Rows[index]))];
    }

    private readonly record struct Row(string? Name, long? OwnerId, DateTime? SeenAt);
}
