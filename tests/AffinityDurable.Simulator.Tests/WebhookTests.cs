using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

/// <summary>How webhooks are made, shown, changed and ended.</summary>
public sealed class WebhookTests : WebhookTestBase
{
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

    [Fact]
    [Proves("HOOK-1", "HOOK-2", "HOOK-6", "HOOK-7", "HOOK-8")]
    public async Task A_webhook_is_created_and_shown_alone_and_among_all()
    {
        await using var sim = await StartAsync();
        var created = await CreateAsync(sim, Receiver.Url, "list_entry.created", "field_value.updated");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var expected = $$"""
            {"id":701,"url":"{{Receiver.Url}}","subscriptions":["list_entry.created","field_value.updated"],"status":"active","creator":{"id":21},"createdAt":"2026-10-08T16:55:51Z","updatedAt":null}
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
        await CreateAsync(sim, Receiver.Url, "list.created");
        Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal((HttpStatusCode.NoContent, ""), await BodyOf(ChangeAsync(sim, """{"subscriptions":["note.created"]}""")));
        Assert.Equal((Receiver.Url, """["note.created"]""", "active", "2026-10-08T16:56:00Z"), await ShownAsync(sim));
        await ChangeAsync(sim, """{"status":"disabled"}""");
        Assert.Equal((Receiver.Url, """["note.created"]""", "disabled", "2026-10-08T16:56:00Z"), await ShownAsync(sim));
        await ChangeAsync(sim, $$"""{"url":"{{Receiver.UrlOf("other")}}","subscriptions":[]}""");
        Assert.Equal((Receiver.UrlOf("other"), "[]", "disabled", "2026-10-08T16:56:00Z"), await ShownAsync(sim));
    }

    [Theory]
    [InlineData("""{"status":"paused"}""", "value at `/status` is not one of: [\"active\", \"disabled\"]")]
    [InlineData("""{"status":true}""", "value at `/status` is not a string")]
    [InlineData("""{"creator":null}""", "object property at `/creator` is a disallowed additional property")]
    [InlineData("""{"url":"hook"}""", "The URL must be absolute and begin with http:// or https://.")]
    public async Task A_bad_change_is_refused_and_changes_nothing(string body, string message)
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, Receiver.Url);
        var answer = await ChangeAsync(sim, body);
        Assert.Equal((HttpStatusCode.BadRequest, "validation", message), (answer.Status, (string)answer.Error["code"]!, answer.Message));
        Assert.Equal((Receiver.Url, "[]", "active", null), await ShownAsync(sim));
    }

    [Fact]
    [Proves("HOOK-4")]
    public async Task A_deleted_webhook_is_gone()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, Receiver.Url);
        Assert.Equal((HttpStatusCode.NoContent, ""), await BodyOf(sim.SendAsync(HttpMethod.Delete, "v2/webhooks/701")));
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync("v2/webhooks/701")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.SendAsync(HttpMethod.Delete, "v2/webhooks/701")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ChangeAsync(sim, "{}")).Status);
        Assert.Empty((await sim.GetAsync("v2/webhooks")).Data);
        Assert.Equal(702, (int)(await CreateAsync(sim, Receiver.Url)).Json["id"]!);
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
        var created = await CreateAsync(sim, Receiver.Url, all);
        Assert.Equal(all, created.Json["subscriptions"]!.AsArray().Select(type => (string)type!));
        var refused = await CreateAsync(sim, Receiver.UrlOf("other"), "list.created", "list_entry.updated");
        Assert.Equal((HttpStatusCode.BadRequest, "/subscriptions/1"), (refused.Status, (string)refused.Error["param"]!));
        Assert.Equal($"value at `/subscriptions/1` is not one of: [{string.Join(", ", all.Select(type => $"\"{type}\""))}]", refused.Message);
    }

    [Fact]
    [Proves("HOOK-15", "HOOK-17")]
    public async Task A_fourth_webhook_is_too_many_unless_the_cap_is_lifted()
    {
        await using var sim = await StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, Receiver.UrlOf($"{number}"))).Status);
        }

        Receiver.TakeAll();
        var answer = await CreateAsync(sim, Receiver.UrlOf("4"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"code":"bad-request","message":"There are 3 webhooks already, and 3 are allowed."}""", answer.Error.ToJsonString());
        Assert.Empty(Receiver.TakeAll());
        sim.Server.Behavior.WebhookCap = null;
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, Receiver.UrlOf("4"))).Status);
    }

    [Fact]
    [Proves("PAGE-7")]
    public async Task The_page_of_webhooks_counts_all_of_them_when_asked()
    {
        await using var sim = await StartAsync();
        await CreateAsync(sim, Receiver.Url);
        await CreateAsync(sim, Receiver.UrlOf("2"));
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
}
