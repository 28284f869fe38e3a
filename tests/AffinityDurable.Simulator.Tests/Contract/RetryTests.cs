using System.Net;
using System.Text;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class RetryTests
{
    [Theory]
    [Proves("RETRY-1", "RETRY-2")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_update_whose_answer_was_lost_may_be_sent_again(bool wasCommitted)
    {
        await using var sim = await Sim.StartAsync();
        string[] updates = [sim.Account.Arr.To("5"), sim.Account.Tags.To("""[{"dropdownOptionId":3005}]""")];
        sim.Server.Faults.Add(new() { Status = 504, AfterCommit = wasCommitted });
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await sim.PatchAsync(updates)).Status);
        Assert.Equal(wasCommitted ? 5.0 : null, sim.Account.Entry.Get(sim.Account.Arr));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(updates)).Status);
        Assert.Equal(5.0, sim.Account.Entry.Get(sim.Account.Arr));
        Assert.Equal(["AI"], (string[])sim.Account.Entry.Get(sim.Account.Tags)!);
    }

    [Fact]
    [Proves("RETRY-3", "ROW-11")]
    public async Task A_row_whose_answer_was_lost_is_there_twice_when_it_is_added_again()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.CutNext(1, afterCommit: true, "POST");
        const string Body = """{"entity":{"id":500002}}""";
        await Assert.ThrowsAsync<HttpRequestException>(() => sim.SendAsync(HttpMethod.Post, "v2/lists/101/list-entries", Body));
        Assert.Equal(HttpStatusCode.Created, (await sim.SendAsync(HttpMethod.Post, "v2/lists/101/list-entries", Body)).Status);
        Assert.Equal(3, sim.Account.Birch.Entries.Count);
    }

    [Fact]
    [Proves("RETRY-4")]
    public async Task An_idempotency_key_changes_nothing()
    {
        await using var sim = await Sim.StartAsync();
        for (var number = 1; number <= 2; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"{sim.EntryPath}/fields");
            request.Headers.Add("Idempotency-Key", "the-same");
            request.Content = new StringContent(
                $$"""{"operation":"update-fields","updates":[{{sim.Account.Arr.To($"{number}")}}]}""", Encoding.UTF8, "application/json");
            using var response = await sim.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal((2.0, 2), (sim.Account.Entry.Get(sim.Account.Arr), sim.Account.Entry.AcceptedPatches));
    }

    [Theory]
    [Proves("ERR-16", "RETRY-5")]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Trouble_of_the_server_passes(int status)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.FailNext(1, status);
        Assert.Equal(status, (int)(await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
    }

    [Fact]
    [Proves("RETRY-5")]
    public async Task A_broken_connection_passes()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new Fault { CutsConnection = true, Method = "PATCH" });
        await Assert.ThrowsAsync<HttpRequestException>(() => sim.PatchAsync(sim.Account.Arr.To("1")));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
    }

    [Theory]
    [Proves("RETRY-6")]
    [InlineData("GET", "v2/lists/zero", 400)]
    [InlineData("GET", "v2/lists/9/fields", 404)]
    [InlineData("DELETE", "v2/lists", 405)]
    [InlineData("POST", "v2/auth/whoami", 409)]
    [InlineData("PATCH", "v2/lists/101/list-entries/9000001/fields", 415)]
    [InlineData("GET", "v2/companies/500002", 422)]
    public async Task What_is_refused_for_its_content_is_refused_again(string verb, string path, int status)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Birch.MergeInto(sim.Account.Acme);
        if (status == 409)
        {
            sim.Server.Faults.Add(new() { Status = 409, Times = null });
        }

        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.Equal(status, (int)(await sim.SendAsync(new HttpMethod(verb), path)).Status);
        }
    }

    [Fact]
    [Proves("RETRY-6")]
    public async Task A_key_and_a_permission_that_are_missing_stay_missing()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Hide(sim.Account.Arr);
        using var stranger = sim.ClientFor("stranger");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var unknown = await stranger.GetAsync("v2/lists");
            Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
        }
    }
}
