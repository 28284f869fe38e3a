using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class WriteRuleTests
{
    private const string Place = """{"streetAddress":null,"city":"Berlin","state":null,"country":null,"continent":null}""";

    [Fact]
    [Proves("WRITE-4")]
    public async Task There_is_no_write_across_rows()
    {
        await using var sim = await Sim.StartAsync();
        var body = $$"""{"operation":"update-fields","updates":[{{sim.Account.Arr.To("1")}}]}""";
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await sim.SendAsync(HttpMethod.Patch, "v2/lists/101/list-entries", body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
        Assert.Null(sim.Account.Other.Get(sim.Account.Arr));
    }

    [Theory]
    [Proves("MSG-14", "WRITE-15", "WRITE-18", "WRITE-22", "WRITE-28", "WRITE-50")]
    [InlineData("Keywords", "\"x\"")]
    [InlineData("Scores", "1")]
    [InlineData("Offices", Place)]
    [InlineData("Owners", """{"id":21}""")]
    [InlineData("Peers", """{"id":500002}""")]
    public async Task A_multi_value_takes_a_hundred_items(string name, string item)
    {
        await using var sim = await Sim.StartAsync();
        var field = sim.Account.List.Fields.Single(each => each.Name == name);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(field.To(Items(item, 100)))).Status);
        var refused = await sim.PatchAsync(field.To(Items(item, 101)));
        Assert.Equal((HttpStatusCode.BadRequest, "array size at `/updates/0/value/data` is greater than: 100"), (refused.Status, refused.Message));
    }

    [Fact]
    [Proves("WRITE-25")]
    public async Task A_dropdown_takes_any_number_of_options()
    {
        var account = new Account();
        var options = Enumerable.Range(0, 150).Select(number => account.Tenant.AddOption(account.Tags, $"Option {number}")).ToArray();
        await using var sim = await Sim.StartAsync(account: account);
        var data = string.Join(",", options.Select(option => $$"""{"dropdownOptionId":{{option.Id}}}"""));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(account.Tags.To($"[{data}]"))).Status);
        Assert.Equal(150, (int)(await sim.ReadAsync(account.Tags))["totalCount"]!);
    }

    [Theory]
    [Proves("WRITE-19", "WRITE-44")]
    [InlineData("2026-02-28T00:00:00Z", HttpStatusCode.OK)]
    [InlineData("2026-02-28T23:59:59.999+14:00", HttpStatusCode.OK)]
    [InlineData("2028-02-29T12:00:00z", HttpStatusCode.OK)]
    [InlineData("2026-02-29T12:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("2026-02-28", HttpStatusCode.BadRequest)]
    [InlineData("2026-02-28T12:00Z", HttpStatusCode.BadRequest)]
    [InlineData("2026-02-28T12:00:00", HttpStatusCode.BadRequest)]
    [InlineData("2026-02-28T24:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("28.02.2026", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task A_date_is_a_date_time_of_RFC_3339(string sent, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(status, (await sim.PatchAsync(sim.Account.Closed.To($"\"{sent}\""))).Status);
        Assert.Equal(status == HttpStatusCode.OK, sim.Account.Entry.Get(sim.Account.Closed) is not null);
    }

    [Theory]
    [Proves("QUIRK-5", "WRITE-45", "WRITE-46")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T08:00:00Z")]
    [InlineData("2025-12-31T23:59:59Z", "2025-12-31T08:00:00Z")]
    [InlineData("2026-01-01T00:30:00+01:00", "2025-12-31T08:00:00Z")]
    [InlineData("2026-03-07T12:00:00Z", "2026-03-07T08:00:00Z")]
    [InlineData("2026-03-08T12:00:00Z", "2026-03-08T08:00:00Z")]
    [InlineData("2026-03-09T12:00:00Z", "2026-03-09T07:00:00Z")]
    [InlineData("2026-10-31T12:00:00Z", "2026-10-31T07:00:00Z")]
    [InlineData("2026-11-01T12:00:00Z", "2026-11-01T07:00:00Z")]
    [InlineData("2026-11-02T12:00:00Z", "2026-11-02T08:00:00Z")]
    [InlineData("2028-02-29T12:00:00Z", "2028-02-29T08:00:00Z")]
    [InlineData("1969-07-20T20:17:00Z", "1969-07-20T07:00:00Z")]
    public async Task A_date_keeps_its_UTC_day_over_years_and_changes_of_the_clocks(string sent, string read)
    {
        await using var sim = await Sim.StartAsync();
        await sim.PostAsync(sim.Account.Closed, sim.Account.Closed.Value($"\"{sent}\""));
        Assert.Equal(read, (string)(await sim.ReadAsync(sim.Account.Closed))["data"]!);
    }

    [Fact]
    [Proves("WRITE-29")]
    public async Task Five_types_have_no_update()
    {
        var account = new Account();
        Field[] fields =
        [
            account.Margin, account.LastEmail, account.Tenant.AddCompanyField("Lists", FieldValueType.ListMulti),
            account.Tenant.AddCompanyField("Notes", FieldValueType.Note), account.Tenant.AddCompanyField("Reminders", FieldValueType.Reminder),
        ];
        await using var sim = await Sim.StartAsync(account: account);
        foreach (var field in fields)
        {
            var patch = await sim.PatchAsync(field.To("null"));
            Assert.Equal((HttpStatusCode.BadRequest, "value at `/updates/0/value` does not match `discriminator` schema"), (patch.Status, patch.Message));
            Assert.Equal(HttpStatusCode.BadRequest, (await sim.PostAsync(field, field.Value("null"))).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(field.To("text", "\"x\""))).Status);
        }
    }

    [Theory]
    [Proves("WRITE-34", "WRITE-35")]
    [InlineData("Stage", """{"dropdownOptionId":3001}""", HttpStatusCode.OK)]
    [InlineData("Status", """{"dropdownOptionId":3003}""", HttpStatusCode.OK)]
    [InlineData("Tags", """[{"dropdownOptionId":3005}]""", HttpStatusCode.BadRequest)]
    [InlineData("ARR", "1", HttpStatusCode.BadRequest)]
    [InlineData("Note", "\"n\"", HttpStatusCode.BadRequest)]
    [InlineData("Owner", """{"id":21}""", HttpStatusCode.BadRequest)]
    [InlineData("HQ", Place, HttpStatusCode.BadRequest)]
    public async Task Values_of_single_dropdowns_alone_take_more_than_type_and_data(string name, string data, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        var field = sim.Account.List.Fields.Single(each => each.Name == name);
        var update = $$$"""{"id":"{{{field.Id}}}","note":1,"value":{"type":"{{{field.ValueType.WireName()}}}","data":{{{data}}},"totalCount":1}}""";
        var answer = await sim.PatchBodyAsync($$"""{"operation":"update-fields","by":"me","updates":[{{update}}]}""");
        Assert.Equal(status, answer.Status);
        Assert.True(status == HttpStatusCode.OK || answer.Message == "object property at `/updates/0/value/totalCount` is a disallowed additional property");
    }

    [Fact]
    [Proves("WRITE-32")]
    public async Task What_was_read_cannot_be_sent_back()
    {
        var account = new Account();
        account.Entry.Set(account.Stage, "Seed").Set(account.Status, "New").Set(account.Tags, new[] { "AI" }).Set(account.Owner, 21)
            .Set(account.Owners, new[] { 21 }).Set(account.Parent, account.Birch).Set(account.Peers, new[] { account.Birch });
        await using var sim = await Sim.StartAsync(account: account);
        foreach (var field in (Field[])[account.Stage, account.Status, account.Tags, account.Owner, account.Owners, account.Parent, account.Peers])
        {
            var data = (await sim.ReadAsync(field))["data"]!.ToJsonString();
            var answer = await sim.PatchAsync(field.To(data));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.EndsWith("is a disallowed additional property", answer.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [Proves("WRITE-51")]
    [InlineData("Stage", "\"Series Q\"")]
    [InlineData("Stage", """{"text":"Series Q"}""")]
    [InlineData("Stage", """{"dropdownOptionId":4000}""")]
    [InlineData("Status", "\"Hot\"")]
    [InlineData("Tags", "[\"Robots\"]")]
    [InlineData("Tags", """[{"dropdownOptionId":4000}]""")]
    public async Task A_write_never_creates_an_option(string name, string data)
    {
        await using var sim = await Sim.StartAsync();
        var field = sim.Account.List.Fields.Single(each => each.Name == name);
        var options = field.Options.ToArray();
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(field.To(data))).Status);
        Assert.Equal(options, field.Options);
    }

    [Fact]
    [Proves("WRITE-56")]
    public async Task The_value_that_is_there_is_taken_again()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Set(sim.Account.Arr, 5);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("5"), sim.Account.Note.To("null"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await sim.PostAsync(sim.Account.Arr, sim.Account.Arr.Value("5.0"))).Status);
        Assert.Equal(5.0, sim.Account.Entry.Get(sim.Account.Arr));
    }

    [Fact]
    [Proves("WRITE-49")]
    public async Task The_last_of_several_updates_of_a_field_wins_even_over_a_clear()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Arr.To("1"), sim.Account.Note.To("\"n\""), sim.Account.Arr.To("null"));
        Assert.Null(sim.Account.Entry.Get(sim.Account.Arr));
        await sim.PatchAsync(sim.Account.Arr.To("null"), sim.Account.Arr.To("3"));
        Assert.Equal((3.0, "n"), (sim.Account.Entry.Get(sim.Account.Arr), sim.Account.Entry.Get(sim.Account.Note)));
    }

    [Fact]
    [Proves("WRITE-61")]
    public async Task An_option_of_another_field_is_refused_like_one_that_does_not_exist()
    {
        await using var sim = await Sim.StartAsync();
        var foreign = sim.Account.Tags.Options[0].Id;
        foreach (var id in (long[])[foreign, 999_999])
        {
            var answer = await sim.PatchAsync(sim.Account.Stage.To($$"""{"dropdownOptionId":{{id}}}"""));
            Assert.Equal((HttpStatusCode.BadRequest, "validation"), (answer.Status, (string)answer.Error["code"]!));
        }

        Assert.Null(sim.Account.Entry.Get(sim.Account.Stage));
    }

    [Theory]
    [Proves("WRITE-63")]
    [InlineData("1.7976931348623157E+308")]
    [InlineData("5E-324")]
    [InlineData("0.1")]
    [InlineData("-123456789012.34567")]
    [InlineData("9007199254740993")]
    public async Task A_number_keeps_the_range_and_the_precision_of_a_double(string number)
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Arr.To(number));
        Assert.Equal(
            double.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
            (double)(await sim.ReadAsync(sim.Account.Arr))["data"]!);
    }

    [Fact]
    [Proves("WRITE-65")]
    public async Task A_body_may_be_large()
    {
        await using var sim = await Sim.StartAsync();
        var text = new string('x', 31_000_000);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Note.To($"\"{text}\""))).Status);
        Assert.Equal(text, (string)sim.Account.Entry.Get(sim.Account.Note)!);
    }

    [Fact]
    [Proves("QUIRK-6")]
    public async Task Clearing_first_loses_the_value_when_the_write_is_refused_and_replacing_does_not()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Set(sim.Account.Tags, new[] { "AI" });
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(sim.Account.Tags.To("""[{"dropdownOptionId":1}]"""))).Status);
        Assert.Equal(["AI"], (string[])sim.Account.Entry.Get(sim.Account.Tags)!);
        await sim.PatchAsync(sim.Account.Tags.To("null"));
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(sim.Account.Tags.To("""[{"dropdownOptionId":1}]"""))).Status);
        Assert.Null(sim.Account.Entry.Get(sim.Account.Tags));
    }

    private static string Items(string item, int count) => $"[{string.Join(",", Enumerable.Repeat(item, count))}]";
}
