using System.Net;

namespace AffinityDurable.Simulator.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task A_patched_number_is_read_back()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.PatchAsync(sim.Account.Arr.To("12.5"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{"operation":"update-fields"}""", answer.Body);
        Assert.Equal("""{"type":"number","data":12.5}""", (await sim.ReadAsync(sim.Account.Arr)).ToJsonString());
        Assert.Equal(1, sim.Server.Counters.PatchesOf(sim.Account.Entry.Id));
    }

    [Theory]
    [InlineData("v2/auth/whoami")]
    [InlineData("v2/rate-limit")]
    [InlineData("v2/lists")]
    [InlineData("v2/lists/101")]
    [InlineData("v2/lists/101/fields")]
    [InlineData("v2/lists/101/fields/field-1004/dropdown-options")]
    [InlineData("v2/lists/101/list-entries?fieldTypes=list&fieldTypes=global")]
    [InlineData("v2/lists/101/list-entries/9000001")]
    [InlineData("v2/lists/101/list-entries/9000001/fields")]
    [InlineData("v2/lists/101/list-entries/9000001/fields/field-1001")]
    [InlineData("v2/lists/101/list-entries/9000001/fields/field-1006/values")]
    [InlineData("v2/companies/500001")]
    [InlineData("v2/companies/500001/list-entries")]
    [InlineData("_sim/state")]
    [InlineData("_sim/counters")]
    [InlineData("_sim/limits")]
    [InlineData("_sim/faults")]
    [InlineData("_sim/behavior")]
    [InlineData("_sim/log")]
    [InlineData("_sim/seed")]
    [InlineData("_sim/entries/9000001")]
    public async Task Every_read_answers_200(string path)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        Assert.NotNull(answer.Json);
    }
}
