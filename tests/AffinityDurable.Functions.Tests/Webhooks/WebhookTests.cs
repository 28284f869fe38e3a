using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AffinityDurable.Functions.Tests.Work;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Tests.Webhooks;

/// <summary>What becomes of deliveries: what is asked for is kept before the answer, and everything is answered as the sender's rule for repeats needs it.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task A_new_entry_is_given_its_values()
    {
        await using var app = await WebhookApp.StartAsync();

        var answer = await app.DeliverAsync(app.NewEntry(4));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").GetInt32());
        await app.DoneAsync();
        Assert.Equal(4.0, app.World.Entries[3].Get(app.World.Arr));
        Assert.Equal(1, app.Affinity.Counters.PatchesOf(app.World.Entries[3].Id));
        Assert.Equal([app.World.Entries[3].Id], Assert.Single(await app.WorkRunsAsync()).Request.Entries);
    }

    [Fact]
    public async Task A_delivery_is_answered_without_a_call_to_Affinity()
    {
        await using var app = await WebhookApp.StartAsync();
        using var clock = app.Host.Engine.HoldClock();
        var calls = app.Affinity.Counters.Total;

        await app.DeliverAsync(app.NewEntry(1));
        await app.DeliverAsync(app.Value(1, app.World.Stage));

        Assert.Equal(calls, app.Affinity.Counters.Total);
    }

    [Fact]
    public async Task A_delivery_that_comes_twice_starts_one_run()
    {
        await using var app = await WebhookApp.StartAsync();
        using (app.Host.Engine.HoldClock())
        {
            await app.DeliverAsync(app.NewEntry(4));
            await app.DeliverAsync(app.NewEntry(4));
        }

        await app.DoneAsync();

        Assert.Single(await app.WorkRunsAsync());
    }

    [Fact]
    public async Task A_delivery_that_is_replayed_later_writes_nothing_again()
    {
        await using var app = await WebhookApp.StartAsync();
        await app.DeliverAsync(app.NewEntry(4));
        await app.DoneAsync();

        await app.DeliverAsync(app.NewEntry(4));
        await app.DoneAsync();

        Assert.Equal(2, (await app.WorkRunsAsync()).Count);
        Assert.Equal(1, app.Affinity.Counters.PatchesOf(app.World.Entries[3].Id));
    }

    [Fact]
    public async Task A_delivery_that_comes_late_is_taken_all_the_same()
    {
        await using var app = await WebhookApp.StartAsync();

        await app.DeliverAsync(app.NewEntry(4, sentAt: app.Clock.GetUtcNow().AddHours(-13)));
        await app.DoneAsync();

        Assert.Equal(4.0, app.World.Entries[3].Get(app.World.Arr));
        Assert.Contains(app.Log.Lines, line => line.Level == LogLevel.Information && line.Text.StartsWith("A delivery of type list_entry.created comes late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_sync_asks_for_is_answered_with_success_and_left()
    {
        await using var app = await WebhookApp.StartAsync("onField: { name: Stage, becomes: Seed }");
        string[] deliveries =
        [
            """{"type":"test","body":{},"sent_at":1}""",
            """{"type":"note.created","body":{"id":1}}""",
            """{"type":"something.new"}""",
            """{"type":"field_value.updated","body":"nothing"}""",
            """{"type":"field_value.updated","body":{"id":1,"field_id":"x","list_entry_id":null}}""",
            app.NewEntry(1),
            app.Value(1, app.World.Notes),
            app.Value(1, app.World.Stage, type: "field_value.deleted"),
        ];

        foreach (var delivery in deliveries)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.DeliverAsync(delivery)).StatusCode);
        }

        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Entries_of_another_list_are_left()
    {
        await using var app = await WebhookApp.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await app.DeliverAsync(app.NewEntry(1, listId: 78))).StatusCode);

        await app.AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"list_entry.created\"")]
    [InlineData("{\"body\":{}}")]
    [InlineData("{\"type\":7,\"body\":{}}")]
    public async Task What_Affinity_never_sends_is_refused(string body)
    {
        await using var app = await WebhookApp.StartAsync();

        var answer = await app.DeliverAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("AFF762", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_delivery_that_is_too_large_is_refused()
    {
        await using var app = await WebhookApp.StartAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await app.DeliverAsync(new string(' ', (1 << 20) + 1))).StatusCode);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("x")]
    public async Task Without_the_token_there_is_nothing(string token)
    {
        await using var app = await WebhookApp.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.DeliverAsync(app.NewEntry(1), token)).StatusCode);

        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Without_a_token_in_the_settings_nobody_is_admitted()
    {
        await using var app = await TestApp.StartAsync(host: options => options.Listen = new Uri("http://127.0.0.1:0"));

        Assert.Equal(HttpStatusCode.NotFound, (await app.DeliverAsync(app.NewEntry(1))).StatusCode);
    }

    [Fact]
    public async Task The_previous_token_is_admitted_while_it_is_kept()
    {
        const string previous = "fedcba9876543210fedcba9876543210";
        await using var app = await WebhookApp.StartAsync(settings: new() { ["Webhooks:Affinity:PreviousToken"] = previous });

        Assert.Equal(HttpStatusCode.OK, (await app.DeliverAsync(app.NewEntry(1), previous)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.DeliverAsync(app.NewEntry(1))).StatusCode);
    }

    [Fact]
    public async Task The_token_is_in_no_log()
    {
        await using var app = await WebhookApp.StartAsync();

        await app.DeliverAsync(app.NewEntry(1));
        await app.DeliverAsync("{");
        await app.DoneAsync();

        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains(WebhookApp.Token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sha256={0}", HttpStatusCode.OK)]
    [InlineData("{0}", HttpStatusCode.OK)]
    [InlineData("sha256={1}", HttpStatusCode.OK)]
    [InlineData("{2}", HttpStatusCode.Unauthorized)]
    [InlineData("sha256=", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Where_the_settings_have_a_key_a_delivery_must_be_signed_with_it(string? header, HttpStatusCode status)
    {
        await using var app = await WebhookApp.StartAsync(settings: new() { ["Webhooks:Affinity:SignatureKey"] = "s3cret", ["Webhooks:Affinity:SignatureHeader"] = "X-Sig" });
        var body = app.NewEntry(1);
        var hash = HMACSHA256.HashData("s3cret"u8, Encoding.UTF8.GetBytes(body));
        var other = HMACSHA256.HashData("other"u8, Encoding.UTF8.GetBytes(body));
        var signature = header is null ? null : string.Format(null, header, Convert.ToHexStringLower(hash), Convert.ToBase64String(hash), Convert.ToHexStringLower(other));

        var answer = await app.DeliverAsync(body, headers: headers =>
        {
            if (signature is not null)
            {
                headers.TryAddWithoutValidation("X-Sig", signature);
            }
        });

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_delivery_whose_work_cannot_be_kept_is_an_error_so_that_it_is_repeated()
    {
        await using var app = await WebhookApp.StartAsync();
        var work = Path.Combine(app.Directory, "state", "work");
        Directory.CreateDirectory(Path.GetDirectoryName(work)!);
        await File.WriteAllTextAsync(work, "in the way");

        var answer = await app.DeliverAsync(app.NewEntry(1));
        File.Delete(work);
        var repeated = await app.DeliverAsync(app.NewEntry(1));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        await app.DoneAsync();
        Assert.Equal(1.0, app.World.Entries[0].Get(app.World.Arr));
    }
}
