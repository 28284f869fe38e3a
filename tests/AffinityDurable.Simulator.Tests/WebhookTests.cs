using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

public sealed class WebhookTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 10, 8, 16, 55, 51, TimeSpan.Zero));
    private WebhookReceiver _receiver = null!;

    public static TheoryData<string, string, string> BadBodies => new()
    {
        { "{}", "root", "object at root is missing required properties: url, subscriptions" },
        { """{"url":5,"subscriptions":[]}""", "/url", "value at `/url` is not a string" },
        { """{"url":null,"subscriptions":[]}""", "/url", "value at `/url` is not a string" },
        { """{"url":"http://localhost/","subscriptions":null}""", "/subscriptions", "value at `/subscriptions` is not an array" },
        { """{"url":"http://localhost/","subscriptions":[5]}""", "/subscriptions/0", "value at `/subscriptions/0` is not a string" },
        { """{"url":"http://localhost/","subscriptions":[],"status":"active"}""", "/status", "object property at `/status` is a disallowed additional property" },
        { """{"url":"http://localhost/","subscriptions":[],"name":"x"}""", "/name", "object property at `/name` is a disallowed additional property" },
        { "[]", "root", "value at root is not an object" },
    };

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    [Proves("HOOK-1", "HOOK-2", "HOOK-6", "HOOK-7", "HOOK-8")]
    public async Task A_webhook_is_created_and_shown_alone_and_among_all()
    {
        await using var sim = await StartAsync();
        var created = await CreateAsync(sim, _receiver.Url, "list_entry.created", "field_value.updated");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var expected = $$"""
            {"id":701,"url":"{{_receiver.Url}}","subscriptions":["list_entry.created","field_value.updated"],"status":"active","creator":{"id":21},"createdAt":"2026-10-08T16:55:51Z","updatedAt":null}
            """;
        Assert.Equal(expected, created.Body);
        Assert.Equal((HttpStatusCode.OK, expected), await BodyOf(sim.GetAsync("v2/webhooks/701")));
        Assert.Equal((HttpStatusCode.OK, $$$"""{"data":[{{{expected}}}],"pagination":{"nextUrl":null,"prevUrl":null}}"""), await BodyOf(sim.GetAsync("v2/webhooks")));
    }

    [Fact]
    [Proves("HOOK-3", "HOOK-7", "HOOK-8")]
    public async Task Any_part_of_a_webhook_is_changed_and_the_rest_stays()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url, "list.created");
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal((HttpStatusCode.NoContent, ""), await BodyOf(ChangeAsync(sim, """{"subscriptions":["note.created"]}""")));
        Assert.Equal((_receiver.Url, """["note.created"]""", "active", "2026-10-08T16:56:00Z"), await ShownAsync(sim));
        await ChangeAsync(sim, """{"status":"disabled"}""");
        Assert.Equal((_receiver.Url, """["note.created"]""", "disabled", "2026-10-08T16:56:00Z"), await ShownAsync(sim));
        await ChangeAsync(sim, $$"""{"url":"{{_receiver.UrlOf("other")}}","subscriptions":[]}""");
        Assert.Equal((_receiver.UrlOf("other"), "[]", "disabled", "2026-10-08T16:56:00Z"), await ShownAsync(sim));
    }

    [Theory]
    [InlineData("""{"status":"paused"}""", "value at `/status` is not one of: [\"active\", \"disabled\"]")]
    [InlineData("""{"status":true}""", "value at `/status` is not a string")]
    [InlineData("""{"creator":null}""", "object property at `/creator` is a disallowed additional property")]
    [InlineData("""{"url":"hook"}""", "The URL must be absolute and begin with http:// or https://.")]
    public async Task A_bad_change_is_refused_and_changes_nothing(string body, string message)
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url);
        var answer = await ChangeAsync(sim, body);
        Assert.Equal((HttpStatusCode.BadRequest, "validation", message), (answer.Status, (string)answer.Error["code"]!, answer.Message));
        Assert.Equal((_receiver.Url, "[]", "active", null), await ShownAsync(sim));
    }

    [Fact]
    [Proves("HOOK-4")]
    public async Task A_deleted_webhook_is_gone()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url);
        Assert.Equal((HttpStatusCode.NoContent, ""), await BodyOf(sim.SendAsync(HttpMethod.Delete, "v2/webhooks/701")));
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync("v2/webhooks/701")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.SendAsync(HttpMethod.Delete, "v2/webhooks/701")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ChangeAsync(sim, "{}")).Status);
        Assert.Empty((await sim.GetAsync("v2/webhooks")).Data);
        Assert.Equal(702, (int)(await CreateAsync(sim, _receiver.Url)).Json["id"]!);
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    [Proves("HOOK-9")]
    public async Task A_bad_body_is_refused_before_anything_is_sent(string body, string param, string message)
    {
        await using var sim = await StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, "v2/webhooks", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal((param, message), ((string)answer.Error["param"]!, answer.Message));
        Assert.Empty(sim.Server.Webhooks.Deliveries);
    }

    [Fact]
    [Proves("HOOK-18", "HOOK-19", "HOOK-20", "HOOK-21", "HOOK-22", "HOOK-23", "HOOK-24")]
    public async Task There_are_30_events_and_an_unknown_one_is_answered_with_all_of_them()
    {
        string[] all =
        [
            "list.created", "list.updated", "list.deleted", "list_entry.created", "list_entry.deleted", "note.created", "note.updated", "note.deleted",
            "field.created", "field.updated", "field.deleted", "field_value.created", "field_value.updated", "field_value.deleted",
            "person.created", "person.updated", "person.deleted",
            "organization.created", "organization.updated", "organization.deleted", "organization.merged",
            "opportunity.created", "opportunity.updated", "opportunity.deleted", "file.created", "file.deleted", "smart_interaction_value.updated",
            "reminder.created", "reminder.updated", "reminder.deleted",
        ];
        Assert.Equal(30, all.Length);
        await using var sim = await StartAsync();
        var created = await CreateAsync(sim, _receiver.Url, all);
        Assert.Equal(all, created.Json["subscriptions"]!.AsArray().Select(type => (string)type!));
        var refused = await CreateAsync(sim, _receiver.UrlOf("other"), "list.created", "list_entry.updated");
        Assert.Equal((HttpStatusCode.BadRequest, "/subscriptions/1"), (refused.Status, (string)refused.Error["param"]!));
        Assert.Equal($"value at `/subscriptions/1` is not one of: [{string.Join(", ", all.Select(type => $"\"{type}\""))}]", refused.Message);
    }

    [Theory]
    [Proves("HOOK-13", "HOOK-14")]
    [InlineData("", "The URL must be absolute and begin with http:// or https://.")]
    [InlineData("hook", "The URL must be absolute and begin with http:// or https://.")]
    [InlineData("/hook", "The URL must be absolute and begin with http:// or https://.")]
    [InlineData("ftp://localhost/hook", "The URL must be absolute and begin with http:// or https://.")]
    [InlineData("http://ada:secret@localhost/hook", "The URL must not carry credentials.")]
    [InlineData("http://ada@localhost/hook", "The URL must not carry credentials.")]
    [InlineData("http://localhost:5005/_SIM/reset", "The URL must not be one of the control API.")]
    [InlineData("http://localhost:5005/v2/../_sim", "The URL must not be one of the control API.")]
    public async Task A_url_that_cannot_be_a_webhook_is_refused_before_anything_is_sent(string url, string message)
    {
        await using var sim = await StartAsync();
        AssertBadUrl(await CreateAsync(sim, url), message);
        Assert.Empty(sim.Server.Webhooks.Deliveries);
    }

    [Theory]
    [InlineData("http://192.0.2.1/hook", "192.0.2.1")]
    [InlineData("https://hooks.example.com/hook", "hooks.example.com")]
    [InlineData("http://0.0.0.0:81/hook", "0.0.0.0")]
    [InlineData("http://[2001:db8::1]/hook", "[2001:db8::1]")]
    [InlineData("http://127.0.0.1.example.com/hook", "127.0.0.1.example.com")]
    public async Task Nothing_is_sent_to_another_machine(string url, string host)
    {
        await using var sim = await StartAsync();
        AssertBadUrl(
            await CreateAsync(sim, url),
            $"The test delivery to {url} failed: {host} is not an address of this machine; the simulator posts to localhost, 127.0.0.1 and [::1] only, "
            + "unless SimulatorOptions.WebhooksLeaveThisMachine is set.");
    }

    [Fact]
    public async Task The_names_of_this_machine_are_reached_by_both_protocols()
    {
        await using var sim = await StartAsync();
        await using var other = await WebhookReceiver.StartAsync(IPAddress.IPv6Loopback);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, _receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, other.Url)).Status);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, other.Url.Replace("[::1]", "LOCALHOST", StringComparison.Ordinal))).Status);
        Assert.Equal((1, 2), (_receiver.TakeAll().Count, other.TakeAll().Count));
    }

    [Fact]
    public async Task A_simulator_that_may_leave_its_machine_looks_names_up()
    {
        await using var sim = await StartAsync(new() { WebhooksLeaveThisMachine = true });
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, _receiver.Url)).Status);
        var answer = await CreateAsync(sim, "http://hooks.invalid/hook");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("WebhooksLeaveThisMachine", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("HOOK-12", "HOOK-25", "HOOK-26")]
    public async Task Creating_posts_a_test_delivery()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url, "list.created");
        var test = Assert.Single(_receiver.TakeAll());
        Assert.Equal(("POST", "/hook", "application/json; charset=utf-8"), (test.Method, test.Path, test.ContentType));
        Assert.Equal("""{"type":"test","body":{},"sent_at":1791478551}""", test.Text);
    }

    [Theory]
    [Proves("HOOK-12", "HOOK-13")]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(301)]
    [InlineData(307)]
    public async Task A_webhook_whose_test_delivery_is_not_answered_with_success_is_not_created(int status)
    {
        await using var sim = await StartAsync();
        _receiver.AnswerNext(status);
        AssertBadUrl(await CreateAsync(sim, _receiver.Url), $"The test delivery to {_receiver.Url} failed: the answer was {status}.");
        Assert.Single(_receiver.TakeAll());
        Assert.Empty((await sim.GetAsync("v2/webhooks")).Data);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, _receiver.Url)).Status);
    }

    [Fact]
    [Proves("HOOK-13")]
    public async Task A_url_where_nobody_listens_is_refused()
    {
        await using var sim = await StartAsync();
        await _receiver.DisposeAsync();
        var answer = await CreateAsync(sim, _receiver.Url);
        Assert.Equal((HttpStatusCode.BadRequest, "url"), (answer.Status, (string)answer.Error["param"]!));
        Assert.StartsWith($"The test delivery to {_receiver.Url} failed: ", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("HOOK-13")]
    public async Task A_url_that_does_not_answer_in_time_is_refused()
    {
        await using var sim = await StartAsync(new() { WebhookTimeout = TimeSpan.FromSeconds(2.5) });
        _receiver.HoldNext();
        var creation = CreateAsync(sim, _receiver.Url);
        await _receiver.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(2.4));
        Assert.False(creation.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        AssertBadUrl(await creation, $"The test delivery to {_receiver.Url} failed: there was no answer within 2.5 seconds.");
    }

    [Fact]
    [Proves("HOOK-11")]
    public async Task A_url_is_used_once_in_an_account()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url);
        _receiver.TakeAll();
        AssertBadUrl(await CreateAsync(sim, _receiver.Url), "Another webhook uses this URL.");
        AssertBadUrl(await CreateAsync(sim, _receiver.Url.Replace("http://", "HTTP://", StringComparison.Ordinal)), "Another webhook uses this URL.");
        await CreateAsync(sim, _receiver.UrlOf("other"));
        AssertBadUrl(await ChangeAsync(sim, $$"""{"url":"{{_receiver.UrlOf("other")}}"}"""), "Another webhook uses this URL.");
        Assert.Single(_receiver.TakeAll());
    }

    [Fact]
    [Proves("HOOK-11")]
    public async Task Of_two_that_subscribe_a_url_at_the_same_time_one_is_refused()
    {
        await using var sim = await StartAsync();
        var (first, second) = (_receiver.HoldNext(), _receiver.HoldNext());
        Task<Answer>[] creations = [CreateAsync(sim, _receiver.Url), CreateAsync(sim, _receiver.Url)];
        await _receiver.NextAsync();
        await _receiver.NextAsync();
        first.SetResult(200);
        second.SetResult(200);
        var answers = await Task.WhenAll(creations);
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.BadRequest], answers.Select(answer => answer.Status).Order());
        Assert.Single((await sim.GetAsync("v2/webhooks")).Data);
    }

    [Fact]
    [Proves("HOOK-15", "HOOK-17")]
    public async Task A_fourth_webhook_is_too_many_unless_the_cap_is_lifted()
    {
        await using var sim = await StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, _receiver.UrlOf($"{number}"))).Status);
        }

        _receiver.TakeAll();
        var answer = await CreateAsync(sim, _receiver.UrlOf("4"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"code":"bad-request","message":"There are 3 webhooks already, and 3 are allowed."}""", answer.Error.ToJsonString());
        Assert.Empty(_receiver.TakeAll());
        sim.Server.Behavior.WebhookCap = null;
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, _receiver.UrlOf("4"))).Status);
    }

    [Fact]
    [Proves("HOOK-16")]
    public async Task Only_a_new_url_of_an_active_webhook_and_its_activation_are_tested()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url);
        Assert.Equal(0, await TestsOf("""{"status":"disabled","url":"http://127.0.0.1:9/"}"""));
        Assert.Equal(0, await TestsOf($$"""{"url":"{{_receiver.UrlOf("2")}}"}"""));
        Assert.Equal(1, await TestsOf("""{"status":"active"}"""));
        Assert.Equal(0, await TestsOf("""{"status":"active"}"""));
        Assert.Equal(0, await TestsOf($$"""{"url":"{{_receiver.UrlOf("2")}}","subscriptions":[]}"""));
        Assert.Equal(1, await TestsOf($$"""{"url":"{{_receiver.UrlOf("3")}}"}"""));
        Assert.Equal(0, await TestsOf($$"""{"url":"{{_receiver.UrlOf("4")}}","status":"disabled"}"""));
        Assert.Equal(1, await TestsOf($$"""{"url":"{{_receiver.UrlOf("5")}}","status":"active"}"""));

        async Task<int> TestsOf(string change)
        {
            _receiver.TakeAll();
            Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(sim, change)).Status);
            return _receiver.TakeAll().Count(request => request.Type == "test");
        }
    }

    [Fact]
    [Proves("HOOK-16")]
    public async Task A_change_whose_test_delivery_fails_changes_nothing()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url);
        await ChangeAsync(sim, """{"status":"disabled"}""");
        _receiver.AnswerNext(503);
        AssertBadUrl(
            await ChangeAsync(sim, """{"status":"active","subscriptions":["list.created"]}"""),
            $"The test delivery to {_receiver.Url} failed: the answer was 503.");
        Assert.Equal((_receiver.Url, "[]", "disabled", "2026-10-08T16:55:51Z"), await ShownAsync(sim));
    }

    [Fact]
    [Proves("PAGE-7")]
    public async Task The_page_of_webhooks_counts_all_of_them_when_asked()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url);
        await CreateAsync(sim, _receiver.UrlOf("2"));
        var page = await sim.GetAsync("v2/webhooks?limit=1&totalCount=true");
        Assert.Equal(2, (int)page.Json["pagination"]!["totalCount"]!);
        Assert.Equal(701, (int)Assert.Single(page.Data)!["id"]!);
        var next = new Uri((string)page.Json["pagination"]!["nextUrl"]!);
        var rest = await sim.GetAsync(next.PathAndQuery.TrimStart('/'));
        Assert.Equal((702, 2), ((int)Assert.Single(rest.Data)!["id"]!, (int)rest.Json["pagination"]!["totalCount"]!));
        Assert.False((await sim.GetAsync("v2/webhooks?totalCount=false")).Json["pagination"]!.AsObject().ContainsKey("totalCount"));
        Assert.Equal("totalCount", (string)(await sim.GetAsync("v2/webhooks?totalCount=yes")).Error["param"]!);
    }

    [Fact]
    public async Task The_oldest_version_knows_no_webhooks()
    {
        await using var sim = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync("v2/webhooks", "2024-01-01")).Status);
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync("v2/webhooks", "2026-07-15")).Status);
    }

    [Fact]
    [Proves("HOOK-33", "HOOK-34")]
    public async Task Calls_that_manage_webhooks_count_for_the_quota_and_their_deliveries_do_not()
    {
        await using var sim = await StartAsync(new() { CallsPerMonth = 100 });
        await CreateAsync(sim, _receiver.Url);
        await sim.GetAsync("v2/webhooks");
        await ChangeAsync(sim, """{"subscriptions":[]}""");
        await sim.SendAsync(HttpMethod.Delete, "v2/webhooks/701");
        Assert.Single(_receiver.TakeAll());
        Assert.Equal(4, sim.Server.Limits.MonthUsed);
    }

    [Fact]
    public async Task Webhooks_survive_a_snapshot()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, _receiver.Url, "list.created");
        await ChangeAsync(sim, """{"status":"disabled"}""");
        await CreateAsync(sim, _receiver.UrlOf("2"));
        using var seed = new MemoryStream(Encoding.UTF8.GetBytes((await sim.GetAsync("_sim/seed")).Body));
        var copy = await SeedFile.LoadAsync(seed);
        Assert.Equal(sim.Account.Tenant.Webhooks.Select(Shown), copy.Webhooks.Select(Shown));
        Assert.Equal(703, copy.AddWebhook(new Uri(_receiver.UrlOf("3"))).Id);

        static object Shown(Webhooks.WebhookSubscription each) =>
            (each.Id, each.Url.OriginalString, string.Join(' ', each.Events), each.IsActive, each.CreatorId, each.CreatedAt, each.UpdatedAt);
    }

    [Fact]
    public void An_account_is_built_with_webhooks_that_make_sense_only()
    {
        var tenant = new Tenant();
        tenant.AddWebhook(new Uri("http://localhost/hook"), "list.created");
        Assert.Throws<ArgumentException>(() => tenant.AddWebhook(new Uri("http://localhost/hook")));
        Assert.Throws<ArgumentException>(() => tenant.AddWebhook(new Uri("http://localhost/2"), "list_entry.updated"));
        Assert.Throws<ArgumentException>(() => tenant.AddWebhook(new Uri("hook", UriKind.Relative)));
        Assert.Single(tenant.Webhooks);
    }

    [Fact]
    public void Waits_of_no_length_are_no_option()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatorOptions { WebhookTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatorOptions { WebhookFirstRetry = TimeSpan.FromSeconds(-1) });
    }

    private static Task<Answer> CreateAsync(Sim sim, string url, params string[] events) => sim.SendAsync(
        HttpMethod.Post, "v2/webhooks",
        new JsonObject { ["url"] = url, ["subscriptions"] = new JsonArray([.. events.Select(type => JsonValue.Create(type))]) }.ToJsonString());

    private static Task<Answer> ChangeAsync(Sim sim, string body) => sim.SendAsync(HttpMethod.Post, "v2/webhooks/701", body);

    private static async Task<(HttpStatusCode Status, string Body)> BodyOf(Task<Answer> answer) => ((await answer).Status, (await answer).Body);

    private static async Task<(string Url, string Events, string Status, string? UpdatedAt)> ShownAsync(Sim sim)
    {
        var json = (await sim.GetAsync("v2/webhooks/701")).Json;
        return ((string)json["url"]!, json["subscriptions"]!.ToJsonString(), (string)json["status"]!, (string?)json["updatedAt"]);
    }

    private static void AssertBadUrl(Answer answer, string message) => Assert.Equal(
        (HttpStatusCode.BadRequest, "validation", "url", message),
        (answer.Status, (string)answer.Error["code"]!, (string)answer.Error["param"]!, answer.Message));

    private Task<Sim> StartAsync(SimulatorOptions? options = null) => Sim.StartAsync((options ?? new()) with { TimeProvider = _time });
}
