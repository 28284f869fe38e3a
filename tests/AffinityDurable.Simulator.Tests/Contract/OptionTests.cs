using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class OptionTests
{
    [Theory]
    [Proves("OPT-3", "OPT-6")]
    [InlineData("white")]
    [InlineData("gray")]
    [InlineData("blue")]
    [InlineData("green")]
    [InlineData("purple")]
    [InlineData("orange")]
    [InlineData("red")]
    [InlineData(null)]
    public async Task A_ranked_option_has_a_rank_from_0_on_and_one_of_seven_colors_or_null(string? color)
    {
        var account = new Account();
        account.Tenant.AddOption(account.Status, new DropdownOption(0, "Lost") { Rank = 2, Color = color });
        await using var sim = await Sim.StartAsync(account: account);
        var options = (await sim.GetAsync($"v2/lists/101/fields/{account.Status.Id}/dropdown-options")).Data;
        Assert.Equal([0, 1, 2], options.Select(option => (int)option!["rank"]!));
        Assert.Equal(color, (string?)options[2]!["color"]);
    }

    [Theory]
    [Proves("OPT-4", "OPT-5")]
    [InlineData("open", 0, 0)]
    [InlineData("open", 100, 100)]
    [InlineData("open", null, null)]
    [InlineData("won", 60, null)]
    [InlineData("lost", 60, null)]
    [InlineData("on-hold", 60, null)]
    public async Task A_status_option_has_a_category_and_an_open_one_maybe_a_win_rate(string category, int? winRate, int? shown)
    {
        var account = new Account();
        account.Tenant.AddOption(account.Status, new DropdownOption(0, "Third") { StatusCategory = category, WinRate = winRate });
        await using var sim = await Sim.StartAsync(account: account);
        var option = (await sim.GetAsync($"v2/lists/101/fields/{account.Status.Id}/dropdown-options")).Data[2]!;
        Assert.Equal((category, shown), ((string)option["statusCategory"]!, (int?)option["winRate"]));
    }

    [Theory]
    [Proves("OPT-17", "OPT-18", "OPT-19", "OPT-20")]
    [InlineData("v2/companies")]
    [InlineData("v2/persons")]
    public async Task Options_of_global_fields_are_read_only(string path)
    {
        var account = new Account();
        var field = path == "v2/companies"
            ? account.Tenant.AddCompanyField("Tier", FieldValueType.Dropdown, id: "field-7000")
            : account.Tenant.AddPersonField("Tier", FieldValueType.Dropdown, id: "field-7000");
        _ = path == "v2/companies"
            ? account.Tenant.AddCompanyField("Size", FieldValueType.Number, id: "field-7001")
            : account.Tenant.AddPersonField("Size", FieldValueType.Number, id: "field-7001");
        field.WithOptions(account.Tenant, "A", "B");
        await using var sim = await Sim.StartAsync(account: account);
        var options = await sim.GetAsync($"{path}/fields/field-7000/dropdown-options");
        Assert.Equal((HttpStatusCode.OK, 2), (options.Status, options.Data.Count));
        var created = await sim.SendAsync(HttpMethod.Post, $"{path}/fields/field-7000/dropdown-options", """{"type":"dropdown","text":"C"}""");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, 2), (created.Status, field.Options.Count));
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync($"{path}/fields/field-7001/dropdown-options")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync($"{path}/fields/Field_7000/dropdown-options")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync($"{path}/fields/field-7002/dropdown-options")).Status);
    }
}
