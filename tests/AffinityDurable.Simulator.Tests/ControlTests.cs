using System.Net;
using System.Net.Sockets;
using System.Text;
using AffinityDurable.Simulator.Control;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AffinityDurable.Simulator.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task Control_needs_no_key_and_costs_nothing()
    {
        await using var sim = await Sim.StartAsync();
        using var stranger = sim.ClientFor(null);
        using var response = await stranger.GetAsync("_sim/state");
        var state = (await Answer.OfAsync(response)).Json;
        Assert.Equal("Portfolio", (string)state["lists"]![0]!["name"]!);
        Assert.Equal(2, (int)state["lists"]![0]!["entries"]!);
        Assert.Equal(sim.Server.ApiKey, (string)state["keys"]![0]!["secret"]!);
        Assert.Contains("GET /v2/lists/{listId}", state["endpoints"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(0, sim.Server.Counters.Total);
        Assert.False(response.Headers.Contains("x-ratelimit-limit-user"));
    }

    [Theory]
    [InlineData("GET /v2/../_sim/state HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /v2/%2e%2e/_sim/state HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /%5Fsim/state HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /v2/_sim/state HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer simulated-affinity-key")]
    [InlineData("GET /_sim/state HTTP/1.1\r\nHost: rebound.example")]
    [InlineData("GET /_sim/nothing HTTP/1.1\r\nHost: localhost")]
    public async Task Control_is_not_reached_by_any_other_way(string request)
    {
        await using var sim = await Sim.StartAsync();
        Assert.StartsWith("HTTP/1.1 404", await RawAsync(sim.Server.BaseAddress, request), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /_sim/state HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /_sim/state HTTP/1.1\r\nHost: 127.0.0.1:80")]
    [InlineData("GET /_sim/state HTTP/1.1\r\nHost: [::1]")]
    public async Task Control_answers_to_the_names_of_this_machine(string request)
    {
        await using var sim = await Sim.StartAsync();
        Assert.StartsWith("HTTP/1.1 200", await RawAsync(sim.Server.BaseAddress, request), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", "10.0.0.7", 404)]
    [InlineData("localhost", "::ffff:10.0.0.7", 404)]
    [InlineData("simulator.example.com", "127.0.0.1", 404)]
    [InlineData("localhost", "127.0.0.1", 200)]
    public async Task Control_is_closed_to_other_machines_whatever_they_call_this_one(string host, string caller, int status)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = "/_sim/state";
        context.Request.Host = new HostString(host);
        context.Request.Headers["X-Forwarded-For"] = "127.0.0.1";
        context.Request.Headers.Authorization = "Bearer simulated-affinity-key";
        context.Connection.RemoteIpAddress = IPAddress.Parse(caller);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/_sim/state";
        context.Response.Body = new MemoryStream();

        await ControlGate.InvokeAsync(context, _ => Task.CompletedTask);

        Assert.Equal(status, context.Response.StatusCode);
    }

    [Fact]
    public async Task A_server_that_others_reach_sends_them_to_next_pages_by_the_scheme_of_the_proxy()
    {
        var account = new Account();
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Address = IPAddress.Any }, account.Tenant);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.BaseAddress.Port}/v2/lists/{account.List.Id}/list-entries?limit=1");
        request.Headers.Authorization = new("Bearer", server.ApiKey);
        request.Headers.Host = "simulator.example.com";
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");

        using var response = await client.SendAsync(request);

        var next = (string)(await Answer.OfAsync(response)).Json["pagination"]!["nextUrl"]!;
        Assert.StartsWith("https://simulator.example.com/v2/lists/", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_changed_in_part()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Patch, "_sim/limits", """{"callsPerMinute":5,"callsPerMonth":50,"windowSeconds":1.5}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal((5, 50L, TimeSpan.FromSeconds(1.5)), (sim.Server.Limits.CallsPerMinute, sim.Server.Limits.CallsPerMonth, sim.Server.Limits.WindowLength));
        await sim.SendAsync(HttpMethod.Patch, "_sim/limits", """{"callsPerMonth":null}""");
        Assert.Equal((5, null), (sim.Server.Limits.CallsPerMinute, sim.Server.Limits.CallsPerMonth));
    }

    [Theory]
    [InlineData("PATCH", "_sim/limits", """{"callsPerMinit":5}""")]
    [InlineData("POST", "_sim/faults", """{"times":"many"}""")]
    [InlineData("POST", "_sim/faults", "{")]
    [InlineData("POST", "_sim/faults", """{"body":"mangled"}""")]
    [InlineData("POST", "_sim/faults", """{"body":1}""")]
    [InlineData("PATCH", "_sim/faults", """{"latencyMilliseconds":-1}""")]
    [InlineData("PATCH", "_sim/faults", """{"latencyMilliseconds":1e300}""")]
    [InlineData("PATCH", "_sim/limits", """{"windowSeconds":1e300}""")]
    public async Task Settings_that_are_not_known_answer_400(string verb, string path, string body)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SendAsync(new HttpMethod(verb), path, body)).Status);
    }

    [Fact]
    public async Task Faults_are_added_switched_and_cleared()
    {
        await using var sim = await Sim.StartAsync();
        await sim.SendAsync(HttpMethod.Post, "_sim/faults", """{"method":"GET","pathContains":"/lists","status":502}""");
        Assert.Equal(HttpStatusCode.BadGateway, (await sim.GetAsync("v2/lists")).Status);
        var state = await sim.SendAsync(HttpMethod.Patch, "_sim/faults", """{"writesBroken":true}""");
        Assert.Equal((true, 0), ((bool)state.Json["writesBroken"]!, state.Json["pending"]!.AsArray().Count));
        Assert.Equal(HttpStatusCode.InternalServerError, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
        await sim.SendAsync(HttpMethod.Delete, "_sim/faults");
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
    }

    [Fact]
    public async Task Every_kind_of_fault_is_ordered_from_outside()
    {
        await using var sim = await Sim.StartAsync();
        var fault = $$"""
            {"endpoint":"PATCH /v2/lists/{listId}/list-entries/{listEntryId}/fields","method":"PATCH","pathContains":"/list-entries/","skip":1,
             "probability":0.5,"seed":18446744073709551615,"always":true,"status":503,"message":"Down.","afterCommit":true,
             "delayMilliseconds":1.5,"delayUpToMilliseconds":20,"removesOption":true,"editsValue":true,"editedField":"{{sim.Account.Arr.Id}}"}
            """;
        var answer = await sim.SendAsync(HttpMethod.Post, "_sim/faults", fault);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var wanted = new Fault
        {
            Endpoint = "PATCH /v2/lists/{listId}/list-entries/{listEntryId}/fields", Method = "PATCH", PathContains = "/list-entries/", Skip = 1,
            Probability = 0.5, Seed = ulong.MaxValue, Times = null, Status = 503, Message = "Down.", AfterCommit = true,
            Delay = TimeSpan.FromMilliseconds(1.5), DelayUpTo = TimeSpan.FromMilliseconds(20), RemovesOption = true, EditsValue = true,
            EditedField = sim.Account.Arr.Id,
        };
        Assert.Equal(wanted, sim.Server.Faults.Pending.Single());
        sim.Server.Faults.Clear();
        await sim.SendAsync(HttpMethod.Post, "_sim/faults", answer.Json["pending"]![0]!.ToJsonString());
        Assert.Equal(wanted, sim.Server.Faults.Pending.Single());
    }

    [Theory]
    [InlineData("""{"body":"truncated-chunks"}""")]
    [InlineData("""{"cutsConnection":true,"every":3}""")]
    [InlineData("""{"replacesKey":true}""")]
    [InlineData("""{"deletesEntry":true}""")]
    public async Task A_fault_is_shown_as_it_was_ordered(string fault)
    {
        await using var sim = await Sim.StartAsync();
        var shown = (await sim.SendAsync(HttpMethod.Post, "_sim/faults", fault)).Json["pending"]![0]!;
        Assert.Equal(Fault.Parse(fault), sim.Server.Faults.Pending.Single());
        Assert.Equal(Fault.Parse(fault), Fault.Parse(shown.ToJsonString()));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_fault_is_answered_at_once()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, "_sim/faults", """{"status":200,"cutsConnection":true,"times":0,"delayMilliseconds":-1,"endpoint":"GET /"}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["endpoint", "times", "delayMilliseconds", "status", "cutsConnection"], answer.Json["errors"]!.AsArray().Select(error => (string)error!["param"]!));
        Assert.Empty(sim.Server.Faults.Pending);
    }

    [Fact]
    public async Task What_faults_have_changed_is_told()
    {
        await using var sim = await Sim.StartAsync();
        await sim.SendAsync(HttpMethod.Post, "_sim/faults", $$"""{"editsValue":true,"editedField":"{{sim.Account.Stage.Id}}"}""");
        await sim.GetAsync(sim.EntryPath);
        var happened = (await sim.GetAsync("_sim/faults")).Json["happened"]![0]!;
        Assert.Equal(
            ("value-edited", sim.Account.Entry.Id, sim.Account.Stage.Id, (string?)sim.Account.Entry.Get(sim.Account.Stage)),
            ((string)happened["kind"]!, (long)happened["listEntryId"]!, (string)happened["fieldId"]!, (string?)happened["after"]));
    }

    [Fact]
    public async Task Counters_are_read_and_reset()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Arr.To("1"));
        var counters = (await sim.GetAsync("_sim/counters")).Json;
        Assert.Equal((1, 1), ((int)counters["patchCalls"]!, (int)counters["acceptedPatches"]!));
        Assert.Equal(200, (int)counters["endpoints"]![0]!["status"]!);
        Assert.Equal(1, (int)(await sim.GetAsync($"_sim/entries/{sim.Account.Entry.Id}")).Json["acceptedPatches"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await sim.SendAsync(HttpMethod.Delete, "_sim/counters")).Status);
        Assert.Equal((0L, 0), (sim.Server.Counters.Total, sim.Account.Entry.AcceptedPatches));
    }

    [Fact]
    public async Task A_value_is_set_as_by_a_human_even_while_writes_are_broken()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.WritesBroken = true;
        var path = $"_sim/entries/{sim.Account.Entry.Id}/fields/{sim.Account.Stage.Id}";
        Assert.Equal(HttpStatusCode.NoContent, (await sim.SendAsync(HttpMethod.Put, path, """{"value":{"type":"dropdown","data":{"dropdownOptionId":3002}}}""")).Status);
        Assert.Equal(("Series A", 0), ((string)sim.Account.Entry.Get(sim.Account.Stage)!, sim.Account.Entry.AcceptedPatches));
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SendAsync(HttpMethod.Put, path, """{"value":{"type":"dropdown","data":5}}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.SendAsync(HttpMethod.Put, "_sim/entries/1/fields/x", """{"value":{"type":"text","data":null}}""")).Status);
    }

    [Fact]
    public async Task An_entry_is_taken_off_its_list_as_by_a_human()
    {
        await using var sim = await Sim.StartAsync();
        var path = $"_sim/entries/{sim.Account.Entry.Id}";
        Assert.Equal(HttpStatusCode.NoContent, (await sim.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal([sim.Account.Other], sim.Account.List.Entries);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.SendAsync(HttpMethod.Delete, path)).Status);
    }

    [Fact]
    public async Task Companies_are_merged()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await sim.SendAsync(HttpMethod.Post, "_sim/companies/500001/merge", """{"into":500002}""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sim.GetAsync("v2/companies/500001")).Status);
    }

    [Fact]
    public async Task Behavior_is_replaced()
    {
        await using var sim = await Sim.StartAsync();
        await sim.SendAsync(HttpMethod.Put, "_sim/behavior", """{"atomicBatches":false,"numberDecimals":2}""");
        Assert.Equal((false, 2, 400), (sim.Server.Behavior.AtomicBatches, sim.Server.Behavior.NumberDecimals, sim.Server.Behavior.UnknownFieldStatus));
    }

    [Fact]
    public async Task The_log_keeps_requests_only_while_it_is_on()
    {
        await using var sim = await Sim.StartAsync();
        await sim.GetAsync("v2/lists");
        await sim.SendAsync(HttpMethod.Put, "_sim/log", """{"isOn":true}""");
        await sim.GetAsync("v2/lists?term=x");
        var logged = (await sim.GetAsync("_sim/log")).Json["requests"]!.AsArray().Single()!;
        Assert.Equal(("GET", "/v2/lists", "?term=x", 200), ((string)logged["method"]!, (string)logged["path"]!, (string)logged["query"]!, (int)logged["status"]!));
        Assert.DoesNotContain(sim.Server.ApiKey, logged.ToJsonString(), StringComparison.Ordinal);
        await sim.SendAsync(HttpMethod.Delete, "_sim/log");
        Assert.Empty(sim.Server.Log.Requests);
    }

    [Fact]
    public async Task A_snapshot_is_taken_from_the_running_server()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Arr.To("12.5"));
        using var seed = new MemoryStream(Encoding.UTF8.GetBytes((await sim.GetAsync("_sim/seed")).Body));
        var copy = await SeedFile.LoadAsync(seed);
        var list = copy.Lists.Single();
        Assert.Equal(12.5, list.FindEntry(sim.Account.Entry.Id)!.Get(list.FindField(sim.Account.Arr.Id)!));
    }

    [Fact]
    public async Task It_runs_until_the_token_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource<Uri>();
        var run = SimulatorServer.RunAsync(new(), new(), server => started.SetResult(server.BaseAddress), stop.Token);
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(await started.Task, "_sim/state"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await stop.CancelAsync();
        await run;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(started.Task.Result, "_sim/state")));
    }

    [Fact]
    public async Task A_taken_port_is_an_error_at_start()
    {
        await using var sim = await Sim.StartAsync();
        await Assert.ThrowsAsync<IOException>(() => SimulatorServer.StartAsync(new() { Port = sim.Server.BaseAddress.Port }, new()));
    }

    private static async Task<string> RawAsync(Uri server, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{request}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
