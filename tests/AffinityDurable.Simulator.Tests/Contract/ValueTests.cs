using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class ValueTests
{
    [Theory]
    [Proves("SHAPE-16")]
    [InlineData("""{"calculatedValue":12.5}""")]
    [InlineData("""{"calculatedValue":null}""")]
    [InlineData(null)]
    public async Task A_formula_shows_what_was_calculated(string? data)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Set(sim.Account.Margin, data);
        Assert.Equal($$"""{"type":"formula-number","data":{{data ?? "null"}}}""", (await sim.ReadAsync(sim.Account.Margin)).ToJsonString());
    }

    [Theory]
    [Proves("SHAPE-17", "SHAPE-18")]
    [InlineData(
        """{"type":"email","id":1,"sentAt":"2026-09-01T08:00:00Z","internalPerson":{"id":21,"firstName":"Ada"}}""",
        """{"type":"interaction","data":{"type":"email","id":1,"sentAt":"2026-09-01T08:00:00Z"},"internalPerson":{"id":21,"firstName":"Ada"}}""")]
    [InlineData("""{"type":"chat-message","id":2}""", """{"type":"interaction","data":{"type":"chat-message","id":2},"internalPerson":null}""")]
    [InlineData("""{"type":"meeting","id":3}""", """{"type":"interaction","data":{"type":"meeting","id":3},"internalPerson":null}""")]
    [InlineData("""{"type":"call","id":4}""", """{"type":"interaction","data":{"type":"call","id":4},"internalPerson":null}""")]
    [InlineData(null, """{"type":"interaction","data":null,"internalPerson":null}""")]
    public async Task An_interaction_has_its_internal_person_beside_its_data(string? stored, string value)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Acme.Set(sim.Account.LastEmail, stored);
        Assert.Equal(value, (await sim.ReadAsync(sim.Account.LastEmail)).ToJsonString());
    }

    [Theory]
    [Proves("SHAPE-11", "SHAPE-12", "SHAPE-13")]
    [InlineData(true, false, "internal")]
    [InlineData(false, false, "external")]
    [InlineData(false, true, "collaborator")]
    public async Task A_person_as_a_value_is_internal_external_or_a_collaborator(bool isInternal, bool isCollaborator, string type)
    {
        await using var sim = await Sim.StartAsync();
        var person = sim.Account.Tenant.AddPerson("Grace", null, [], isInternal, id: null);
        person.IsCollaborator = isCollaborator;
        sim.Account.Entry.Set(sim.Account.Owner, person).Set(sim.Account.Owners, new[] { person });
        var shown = $$"""{"id":{{person.Id}},"firstName":"Grace","lastName":null,"primaryEmailAddress":null,"type":"{{type}}"}""";
        Assert.Equal(shown, (await sim.ReadAsync(sim.Account.Owner))["data"]!.ToJsonString());
        Assert.Equal($"[{shown}]", (await sim.ReadAsync(sim.Account.Owners))["data"]!.ToJsonString());
    }

    [Fact]
    [Proves("SHAPE-10", "OPT-21")]
    public async Task An_option_as_a_value_has_another_name_for_its_id()
    {
        var account = new Account();
        var option = account.Tenant.AddOption(account.Status, new DropdownOption(0, "Diligence") { StatusCategory = "open", Rank = 7, Color = "green" });
        account.Entry.Set(account.Status, option);
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(
            $$"""{"dropdownOptionId":{{option.Id}},"text":"Diligence","rank":7,"color":"green"}""",
            (await sim.ReadAsync(account.Status))["data"]!.ToJsonString());
        var listed = (await sim.GetAsync($"v2/lists/101/fields/{account.Status.Id}/dropdown-options")).Data[2]!.AsObject();
        Assert.Equal((option.Id, false), ((long)listed["id"]!, listed.ContainsKey("dropdownOptionId")));
    }

    [Fact]
    [Proves("SHAPE-19")]
    public async Task Lists_as_a_value_are_counted_as_any_multi_value()
    {
        var account = new Account();
        var lists = account.Tenant.AddCompanyField("Lists", FieldValueType.ListMulti, id: "lists");
        const string Data = """[{"id":101,"name":"Portfolio","type":"company","entityCount":2},{"id":102,"name":"Deals","type":"opportunity","entityCount":9}]""";
        account.Acme.Set(lists, Data);
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal($$"""{"type":"list-multi","data":{{Data}},"totalCount":2}""", (await sim.ReadAsync(lists)).ToJsonString());
        var empty = await sim.GetAsync($"v2/lists/101/list-entries/{account.Other.Id}/fields/lists");
        Assert.Equal("""{"type":"list-multi","data":null,"totalCount":0}""", empty.Json["value"]!.ToJsonString());
    }

    [Theory]
    [Proves("SHAPE-20")]
    [InlineData(FieldValueType.Note, "note", """{"id":5,"content":"Met at the fair"}""")]
    [InlineData(FieldValueType.Note, "note", null)]
    [InlineData(FieldValueType.Reminder, "reminder", """{"id":6,"dueDate":"2026-11-01T00:00:00Z"}""")]
    [InlineData(FieldValueType.Reminder, "reminder", null)]
    public async Task A_note_and_a_reminder_are_objects_or_null(FieldValueType valueType, string name, string? data)
    {
        var account = new Account();
        var field = account.Tenant.AddCompanyField("Built in", valueType, id: $"{name}s");
        account.Acme.Set(field, data);
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal($$"""{"type":"{{name}}","data":{{data ?? "null"}}}""", (await sim.ReadAsync(field)).ToJsonString());
    }

    [Fact]
    [Proves("SHAPE-6", "SHAPE-7")]
    public async Task Every_part_of_a_location_may_be_null()
    {
        await using var sim = await Sim.StartAsync();
        var nowhere = new Location(null, null, null, null, null);
        var place = new Location("1 Market St", "San Francisco", "California", "United States", "North America");
        sim.Account.Entry.Set(sim.Account.Place, nowhere).Set(sim.Account.Places, new[] { place, nowhere });
        const string Nowhere = """{"streetAddress":null,"city":null,"state":null,"country":null,"continent":null}""";
        const string Place = """{"streetAddress":"1 Market St","city":"San Francisco","state":"California","country":"United States","continent":"North America"}""";
        Assert.Equal(Nowhere, (await sim.ReadAsync(sim.Account.Place))["data"]!.ToJsonString());
        Assert.Equal($"[{Place},{Nowhere}]", (await sim.ReadAsync(sim.Account.Places))["data"]!.ToJsonString());
    }
}
