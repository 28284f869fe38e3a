using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Affinity;

public sealed class AnswerReadingTests
{
    private const string LastPage = "\"pagination\":{\"nextUrl\":null,\"prevUrl\":null}";

    [Fact]
    public async Task WhoAmI_names_account_and_user()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, """
            {"tenant":{"id":11,"name":"Example VC","subdomain":"examplevc"},
             "user":{"id":21,"firstName":"Ada","lastName":null,"emailAddress":"ada@example.vc"},
             "grant":{"type":"api-key","scopes":["api"],"createdAt":"2026-01-05T10:00:00Z"}}
            """);

        var answer = await fixture.Client.WhoAmIAsync(default);

        Assert.Equal(new Identity("Example VC", "examplevc", 21, "Ada", "ada@example.vc", "api-key"), answer.Require());
        Assert.Equal("/v2/auth/whoami", fixture.Server.Paths.Single());
    }

    [Fact]
    public async Task Field_ids_go_out_as_repeated_keys_with_pages_of_100()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$"""{"data":[],{{LastPage}}}""");

        await fixture.Client.EntriesPageAsync(77, [Fields.Of("text", "field-1"), Fields.Of("number", "affinity-data-year founded")], null, default);

        Assert.Equal("?limit=100&fieldIds=field-1&fieldIds=affinity-data-year%20founded", fixture.Server.Calls.Single().Query);
        Assert.Equal("/v2/lists/77/list-entries", fixture.Server.Paths.Single());
    }

    [Fact]
    public async Task Entries_come_with_keys_and_typed_values()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""
            {"data":[{"id":9001,"type":"company","listId":77,"createdAt":"2026-02-01T12:00:00Z","creatorId":null,
              "entity":{"id":5001,"name":"Acme","domain":"acme.com","domains":["acme.com","acme.io"],"isGlobal":true,
               "fields":[
                {"id":"field-1","name":"Fit","type":"list","enrichmentSource":null,"value":{"type":"dropdown","data":{"dropdownOptionId":31,"text":"High"}}},
                {"id":"field-2","name":"Tags","type":"list","enrichmentSource":null,"value":{"type":"dropdown-multi","data":null,"totalCount":0}},
                {"id":"field-9","name":"Not asked","type":"list","enrichmentSource":null,"value":{"type":"text","data":"x"}}]}}],
             {{{{LastPage}}}}}
            """);

        var page = (await fixture.Client.EntriesPageAsync(77, [Fields.Of("dropdown"), Fields.Of("dropdown-multi", "field-2"), Fields.Of("text", "field-3")], null, default)).Require();

        var entry = Assert.Single(page.Entries);
        Assert.Null(page.NextUrl);
        Assert.Equal((9001, 5001, "Acme"), (entry.Id, entry.EntityId, entry.Name));
        Assert.Equal(["acme.com", "acme.io"], entry.Domains);
        Assert.Equal(LiveValue.Known(new OptionValue(31)), entry["field-1"]);
        Assert.Equal(LiveValue.Known(null), entry["field-2"]);
        Assert.Equal(LiveState.NotRequested, entry["field-3"].State);
        Assert.Equal(2, entry.Values.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"fields\":[]")]
    [InlineData(",\"fields\":null")]
    public async Task Fields_absent_or_empty_are_not_requested_and_not_empty_values(string fields)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""{"id":9001,"entity":{"id":5001,"name":"Acme","domain":null,"domains":[]{{{{fields}}}}}}""");

        var entry = (await fixture.Client.EntryAsync(77, 9001, [Fields.Of("text")], default)).Require();

        Assert.Equal(LiveValue.NotRequested, entry["field-1"]);
        Assert.Empty(entry.Domains);
        Assert.Equal("?fieldIds=field-1", fixture.Server.Calls.Single().Query);
    }

    [Theory]
    [InlineData("{\"id\":\"field-1\",\"type\":\"list\",\"value\":{\"type\":\"hidden\",\"data\":null}}", LiveState.Hidden)]
    [InlineData("{\"id\":\"field-1\",\"type\":\"hidden\",\"value\":{\"type\":\"text\",\"data\":null}}", LiveState.Hidden)]
    [InlineData("{\"id\":\"field-1\",\"type\":\"list\",\"value\":{\"type\":\"filterable-text\",\"data\":\"a\"}}", LiveState.Opaque)]
    [InlineData("{\"id\":\"field-1\",\"type\":\"list\",\"value\":null}", LiveState.Opaque)]
    [InlineData("{\"id\":\"field-1\",\"type\":\"list\"}", LiveState.Opaque)]
    public async Task A_value_of_another_type_than_the_metadata_says_is_hidden_or_opaque(string field, LiveState state)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""{"id":9001,"entity":{"id":5001,"name":"[Hidden]","fields":[{{{{field}}}}]}}""");

        var entry = (await fixture.Client.EntryAsync(77, 9001, [Fields.Of("text")], default)).Require();

        Assert.Equal(new LiveValue(state, null), entry["field-1"]);
    }

    [Theory]
    [InlineData("formula-number", "{\"calculatedValue\":12}")]
    [InlineData("note", "{\"id\":3}")]
    [InlineData("hologram", "{\"unheard\":\"of\"}")]
    public async Task Read_only_and_unknown_types_stay_opaque(string valueType, string data)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""{"id":9001,"entity":{"id":5001,"fields":[{"id":"field-1","type":"list","value":{"type":"{{{{valueType}}}}","data":{{{{data}}}}}}]}}""");

        var entry = (await fixture.Client.EntryAsync(77, 9001, [Fields.Of(valueType)], default)).Require();

        Assert.Equal(LiveState.Opaque, entry["field-1"].State);
    }

    [Fact]
    public async Task Persons_are_named_by_their_names_and_odd_text_does_not_spoil_the_page()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""
            {"data":[
              {"id":1,"entity":{"id":11,"firstName":"Ada","lastName":"Lovelace","primaryEmailAddress":"ada@example.vc"}},
              {"id":2,"entity":{"id":12,"name":"broken \ud800 name","fields":[{"id":"field-1","type":"list","value":{"type":"text","data":"\udc00"}}]}}],
             {{{{LastPage}}}}}
            """);

        var entries = (await fixture.Client.EntriesPageAsync(77, [Fields.Of("text")], null, default)).Require().Entries;

        Assert.Equal("Ada Lovelace", entries[0].Name);
        Assert.Null(entries[1].Name);
        Assert.Equal(LiveState.Opaque, entries[1]["field-1"].State);
    }

    [Fact]
    public async Task A_page_whose_data_is_null_is_empty()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$"""{"data":null,{{LastPage}}}""");

        Assert.Empty((await fixture.Client.EntriesPageAsync(77, [], null, default)).Require().Entries);
    }

    [Fact]
    public async Task Fields_with_one_name_are_told_apart_by_id()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""
            {"data":[
              {"id":"affinity-data-industry","name":"Industry","description":null,"type":"enriched","enrichmentSource":"affinity-data","valueType":"filterable-text-multi","isRequired":false,"createdAt":null},
              {"id":"field-7","name":"Industry","description":null,"type":"list","enrichmentSource":null,"valueType":"dropdown","isRequired":true,"createdAt":"2026-03-01T09:00:00Z"}],
             {{{{LastPage}}}}}
            """);

        var fields = (await fixture.Client.FieldsAsync(77, default)).Require();

        Assert.Equal(
            [
                new AffinityField("affinity-data-industry", "Industry", "enriched", "filterable-text-multi", "affinity-data"),
                new AffinityField("field-7", "Industry", "list", "dropdown", null, IsRequired: true),
            ],
            fields);
    }

    [Fact]
    public async Task Options_are_read_by_id_and_the_field_id_is_escaped()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""{"data":[{"id":31,"text":"High","type":"ranked-dropdown","rank":1,"color":"green"}],{{{{LastPage}}}}}""");

        Assert.Equal([new DropdownOption(31, "High")], (await fixture.Client.DropdownOptionsAsync(77, "field-1", default)).Require());
        Assert.Equal("/v2/lists/77/fields/field-1/dropdown-options", fixture.Server.Paths.Single());
    }

    [Fact]
    public async Task Entry_fields_are_asked_for_by_id_in_pages_of_100_instead_of_20()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""{"data":[{"id":"field-1","type":"list","value":{"type":"number","data":12.5}}],{{{{LastPage}}}}}""");

        var values = (await fixture.Client.EntryFieldsAsync(77, 9001, [Fields.Of("number")], default)).Require();

        Assert.Equal(LiveValue.Known(new NumberValue(12.5m)), values["field-1"]);
        Assert.Equal("?limit=100&ids=field-1", fixture.Server.Calls.Single().Query);
    }

    [Fact]
    public async Task A_truncated_set_is_read_in_full_over_all_pages()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var second = new Uri(fixture.Server.Address, "/v2/lists/77/list-entries/9001/fields/field-1/values?cursor=b");
        fixture.Server
            .Then(200, $$$$"""{"type":"number-multi","data":[{{{{string.Join(',', Enumerable.Range(1, 100))}}}}],"pagination":{"nextUrl":"{{{{second}}}}","prevUrl":null}}""")
            .Then(200, $$$$"""{"type":"number-multi","data":[101,102],{{{{LastPage}}}}}""");

        var answer = await fixture.Client.FieldValuesAsync(77, 9001, Fields.Of("number-multi"), default);

        Assert.Equal(LiveValue.Known(SetValue.Of(Enumerable.Range(1, 102).Select(n => new NumberValue(n)))), answer.Require());
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task A_field_that_holds_no_set_has_no_values_to_page()
    {
        await using var fixture = await ClientFixture.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Client.FieldValuesAsync(77, 9001, Fields.Of("number"), default));
    }

    [Fact]
    public async Task A_company_can_be_on_a_list_more_than_once()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.Server.Then(200, $$$$"""
            {"data":[{"id":9001,"listId":77,"listName":"Deals","createdAt":"2026-02-01T12:00:00Z","creatorId":null,"fields":[]},
                     {"id":9002,"listId":77,"listName":"Deals","createdAt":"2026-02-01T12:00:00Z","creatorId":null,"fields":[]}],{{{{LastPage}}}}}
            """);

        Assert.Equal([new EntityEntry(9001, 77), new EntityEntry(9002, 77)], (await fixture.Client.CompanyListEntriesAsync(5001, default)).Require());
        Assert.Equal("/v2/companies/5001/list-entries", fixture.Server.Paths.Single());
    }
}
