using System.Net;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

/// <summary>What nobody knows of the real API can be had both ways.</summary>
public sealed class SwitchTests
{
    [Theory]
    [InlineData(BodyErrorParam.Pointer, "/updates/0/value/data/city", "root")]
    [InlineData(BodyErrorParam.Property, "city", "root")]
    [Proves("ERR-23")]
    public async Task The_param_of_an_error_in_a_body_is_a_pointer_or_a_name(BodyErrorParam param, string ofValue, string ofBody)
    {
        await using var sim = await Sim.StartAsync(new() { Behavior = new() { ParamOfBodyErrors = param } });
        var answer = await sim.PatchAsync(sim.Account.Place.To("""{"streetAddress":null,"city":1,"state":null,"country":null,"continent":null}"""));
        Assert.Equal(ofValue, (string)answer.Error["param"]!);
        Assert.Equal(ofBody, (string)(await sim.PatchBodyAsync("[]")).Error["param"]!);
        Assert.Equal("limit", (string)(await sim.GetAsync("v2/lists?limit=0")).Error["param"]!);
    }

    [Theory]
    [InlineData(true, "898")]
    [InlineData(false, "899")]
    [Proves("LIM-14")]
    public async Task Keys_of_one_user_share_the_minute_or_have_their_own(bool isShared, string remaining)
    {
        await using var sim = await Sim.StartAsync(new() { Behavior = new() { KeysOfAUserShareTheMinute = isShared } });
        sim.Account.Tenant.AddApiKey("second", sim.Account.Tenant.ApiKeys.First().User);
        await sim.GetAsync("v2/lists");
        var answer = await sim.SendAsync(HttpMethod.Get, "v2/lists", key: "second");
        Assert.Equal(remaining, answer.Header("x-ratelimit-limit-user-remaining"));
    }

    [Theory]
    [InlineData(true, "100")]
    [InlineData(false, "98")]
    [Proves("LIM-34")]
    public async Task Who_one_is_and_what_is_left_may_cost_nothing_of_the_month(bool isSpared, string remaining)
    {
        await using var sim = await Sim.StartAsync(new() { CallsPerMonth = 100, Behavior = new() { WhoamiAndRateLimitSpareTheMonth = isSpared } });
        await sim.GetAsync("v2/auth/whoami");
        var answer = await sim.GetAsync("v2/rate-limit");
        Assert.Equal(remaining, answer.Header("x-ratelimit-limit-org-remaining"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 3)]
    [Proves("PAGE-23")]
    public async Task The_default_page_of_options_is_of_any_size(int limit, int expected)
    {
        await using var sim = await Sim.StartAsync(new() { Behavior = new() { DropdownOptionsDefaultLimit = limit } });
        var path = $"v2/lists/101/fields/{sim.Account.Tags.Id}/dropdown-options";
        Assert.Equal(expected, (await sim.GetAsync(path)).Data.Count);
        Assert.Equal(2, (await sim.GetAsync($"{path}?limit=2")).Data.Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync($"{path}?limit=101")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Proves("QUERY-3")]
    public async Task Keys_with_brackets_ask_for_fields_or_are_ignored(bool isTaken)
    {
        await using var sim = await Sim.StartAsync(new() { Behavior = new() { TakesBracketedKeys = isTaken } });
        var entity = (await sim.GetAsync($"{sim.EntryPath}?fieldIds[]={sim.Account.Arr.Id}&fieldIds[]={sim.Account.Note.Id}")).Json["entity"]!.AsObject();
        Assert.Equal(isTaken ? 2 : 0, (entity["fields"] as System.Text.Json.Nodes.JsonArray)?.Count ?? 0);
    }

    [Theory]
    [InlineData(BothFieldSelections.Union, 3)]
    [InlineData(BothFieldSelections.Intersection, 1)]
    [InlineData(BothFieldSelections.Refused, null)]
    [Proves("ENTRY-24")]
    public async Task Fields_by_id_and_by_type_together(BothFieldSelections both, int? fields)
    {
        await using var sim = await Sim.StartAsync(new() { Behavior = new() { BothFieldSelections = both } });
        var tier = sim.Account.Tenant.AddCompanyField("Tier", Model.FieldValueType.Text);
        var answer = await sim.GetAsync($"{sim.EntryPath}?fieldIds={sim.Account.Arr.Id}&fieldIds={tier.Id}&fieldTypes=global");
        Assert.Equal(fields is null ? HttpStatusCode.BadRequest : HttpStatusCode.OK, answer.Status);
        Assert.Equal(fields, fields is null ? null : answer.Json["entity"]!["fields"]!.AsArray().Count);
    }

    [Fact]
    public async Task Every_switch_is_turned_from_outside()
    {
        await using var sim = await Sim.StartAsync();
        var before = (await sim.GetAsync("_sim/behavior")).Json.AsObject();
        Assert.Equal("Pointer", (string)before["paramOfBodyErrors"]!);
        before["paramOfBodyErrors"] = "Property";
        before["takesBracketedKeys"] = true;
        before["numberDecimals"] = 2;
        Assert.Equal(HttpStatusCode.OK, (await sim.SendAsync(HttpMethod.Put, "_sim/behavior", before.ToJsonString())).Status);
        Assert.Equal((BodyErrorParam.Property, true, 2), (sim.Server.Behavior.ParamOfBodyErrors, sim.Server.Behavior.TakesBracketedKeys, sim.Server.Behavior.NumberDecimals));
    }
}
