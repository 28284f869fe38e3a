using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class QueryTests
{
    [Fact]
    [Proves("QUERY-1", "ENTRY-7")]
    public async Task Several_values_are_repeated_keys()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync($"{sim.EntryPath}?fieldIds={sim.Account.Note.Id}&fieldIds={sim.Account.Arr.Id}");
        Assert.Equal(["ARR", "Note"], answer.Json["entity"]!["fields"]!.AsArray().Select(field => (string)field!["name"]!));
    }

    [Theory]
    [Proves("QUERY-2")]
    [InlineData("fieldIds=field-1001,field-1002", "fieldIds")]
    [InlineData("fieldTypes=list,global", "fieldTypes")]
    public async Task A_list_with_commas_is_one_value(string query, string param)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync($"v2/lists/101/list-entries?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, param), (answer.Status, (string)answer.Error["param"]!));
    }

    [Theory]
    [Proves("QUERY-4", "QUERY-5", "QUERY-6", "QUERY-8", "QUIRK-4")]
    [InlineData("v2/companies")]
    [InlineData("v2/persons")]
    [InlineData("v2/lists/101/list-entries")]
    public async Task A_filter_of_rows_and_any_other_unknown_parameter_is_ignored(string path)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddPerson("Grace", "Hopper");
        var all = (await sim.GetAsync(path)).Data;
        Assert.Equal(2, all.Count);
        var filtered = await sim.GetAsync($"{path}?filter=name%3DNobody&anything=%5B");
        Assert.Equal((HttpStatusCode.OK, all.ToJsonString()), (filtered.Status, filtered.Data.ToJsonString()));
    }

    [Theory]
    [Proves("QUERY-4", "QUERY-9")]
    [InlineData("v2/lists/101/fields")]
    [InlineData("v2/companies/fields")]
    [InlineData("v2/persons/fields")]
    public async Task Field_types_of_metadata_are_ignored(string path)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddPersonField("Title", FieldValueType.Text);
        var all = (await sim.GetAsync(path)).Data;
        Assert.NotEmpty(all);
        var asked = await sim.GetAsync($"{path}?fieldTypes=relationship-intelligence&fieldTypes=nonsense");
        Assert.Equal((HttpStatusCode.OK, all.ToJsonString()), (asked.Status, asked.Data.ToJsonString()));
    }

    [Theory]
    [Proves("QUERY-10", "QUERY-11")]
    [InlineData("v2/companies")]
    [InlineData("v2/companies/500001")]
    [InlineData("v2/persons")]
    [InlineData("v2/persons/21")]
    public async Task Companies_and_persons_refuse_to_show_list_fields(string path)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync($"{path}?fieldTypes=list");
        Assert.Equal((HttpStatusCode.BadRequest, "fieldTypes"), (answer.Status, (string)answer.Error["param"]!));
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync($"{path}?fieldTypes=global")).Status);
    }

    [Theory]
    [Proves("QUIRK-16")]
    [InlineData("enriched", HttpStatusCode.OK)]
    [InlineData("global", HttpStatusCode.OK)]
    [InlineData("list", HttpStatusCode.OK)]
    [InlineData("relationship-intelligence", HttpStatusCode.OK)]
    [InlineData("list-specific", HttpStatusCode.BadRequest)]
    [InlineData("hidden", HttpStatusCode.BadRequest)]
    [InlineData("List", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Field_types_are_four(string type, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(status, (await sim.GetAsync($"v2/lists/101/list-entries?fieldTypes={type}")).Status);
    }

    [Theory]
    [Proves("QUERY-13", "QUERY-14", "QUERY-19", "QUERY-20")]
    [InlineData("""name="A|B (net)" """, "A|B (net)")]
    [InlineData("""name=A\|B\ \(net\)""", "A|B (net)")]
    [InlineData("""name=~\|B""", "A|B (net)")]
    [InlineData("""name="say \"hi\"" """, "say \"hi\"")]
    [InlineData("""name=back\\slash""", "back\\slash")]
    [InlineData("""name=100\~\*\!\&\=\>\<\$\^\[\]\/\'""", "100~*!&=><$^[]/'")]
    public async Task Special_characters_of_a_filter_are_escaped_or_quoted(string filter, string name)
    {
        var account = new Account();
        foreach (var each in (string[])["A|B (net)", "say \"hi\"", "back\\slash", "100~*!&=><$^[]/'"])
        {
            account.Tenant.AddCompanyField(each, FieldValueType.Text);
        }

        await using var sim = await Sim.StartAsync(account: account);
        var answer = await sim.GetAsync($"v2/lists/101/fields?filter={Uri.EscapeDataString(filter)}");
        Assert.Equal([name], answer.Data.Select(field => (string)field!["name"]!));
    }
}
