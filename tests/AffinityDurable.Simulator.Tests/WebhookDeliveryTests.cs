using System.Net;
using AffinityDurable.Simulator.Tests.Facts;
using AffinityDurable.Simulator.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

/// <summary>How deliveries fail, are repeated, and end.</summary>
public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 10, 8, 16, 0, 0, TimeSpan.Zero));
    private readonly Account _account = new();
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _account.Tenant.AddWebhook(new Uri(_receiver.Url));
    }

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    [Proves("HOOK-30")]
    public async Task A_failed_delivery_is_repeated_with_growing_waits_until_it_is_accepted()
    {
        await using var sim = await StartAsync();
        _receiver.AnswerNext(500, 404, 302, 200);
        await sim.PatchAsync(_account.Arr.To("1"));
        await sim.Server.Webhooks.WhenIdleAsync();
        var delivery = Assert.Single(sim.Server.Webhooks.Deliveries);
        Assert.Equal(DeliveryStatus.Waiting, delivery.Status);
        await PassAsync(sim, TimeSpan.FromMinutes(0.9), TimeSpan.FromMinutes(0.1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3.9), TimeSpan.FromMinutes(0.1));
        Assert.Equal([(0, 500), (1, 404), (3, 302), (7, 200)], Attempts(delivery));
        Assert.Equal(DeliveryStatus.Delivered, delivery.Status);
        Assert.Single(_receiver.TakeAll().Select(sent => sent.Text).Distinct());
    }

    [Fact]
    public async Task The_next_attempt_is_made_when_the_clock_of_the_simulator_is_moved()
    {
        await using var sim = await Sim.StartAsync(new(), _account);
        _receiver.AnswerNext(500);
        await sim.PatchAsync(_account.Arr.To("1"));
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.Single(_receiver.TakeAll());
        sim.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.Equal(DeliveryStatus.Delivered, Assert.Single(sim.Server.Webhooks.Deliveries).Status);
    }

    [Fact]
    [Proves("HOOK-30", "HOOK-31")]
    public async Task After_ten_hours_the_webhook_is_disabled_and_what_waits_is_dropped()
    {
        await using var sim = await StartAsync();
        _receiver.AnswerNext([.. Enumerable.Repeat(503, 11)]);
        await sim.PatchAsync(_account.Arr.To("1"), _account.Note.To("\"n\""));
        await sim.Server.Webhooks.WhenIdleAsync();
        for (var minute = 1; minute < 600; minute++)
        {
            await PassAsync(sim, TimeSpan.FromMinutes(1));
        }

        Assert.True(_account.Tenant.Webhooks[0].IsActive);
        await PassAsync(sim, TimeSpan.FromMinutes(1));
        var deliveries = sim.Server.Webhooks.Deliveries;
        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 600], Attempts(deliveries[0]).Select(attempt => attempt.Minute));
        Assert.Equal([DeliveryStatus.Failed, DeliveryStatus.Dropped], deliveries.Select(each => each.Status));
        var shown = (await sim.GetAsync("v2/webhooks/701")).Json;
        Assert.Equal(("disabled", "2026-10-09T02:00:00Z"), ((string)shown["status"]!, (string)shown["updatedAt"]!));

        await sim.PatchAsync(_account.Arr.To("2"));
        Assert.Equal(2, sim.Server.Webhooks.Deliveries.Count);
    }

    [Fact]
    public async Task A_webhook_that_is_activated_again_gets_what_happens_from_then_on()
    {
        await using var sim = await StartAsync();
        await ChangeAsync(sim, """{"status":"disabled"}""");
        await sim.PatchAsync(_account.Arr.To("1"));
        await ChangeAsync(sim, """{"status":"active"}""");
        await sim.PatchAsync(_account.Arr.To("2"));
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.Equal(["test", "field_value.updated"], _receiver.TakeAll().Select(sent => sent.Type));
    }

    [Fact]
    [Proves("HOOK-30")]
    public async Task No_answer_in_time_is_a_failed_attempt()
    {
        await using var sim = await StartAsync(new() { WebhookTimeout = TimeSpan.FromSeconds(30), WebhookFirstRetry = TimeSpan.FromSeconds(15) });
        _receiver.HoldNext();
        await sim.PatchAsync(_account.Arr.To("1"));
        await _receiver.NextAsync();
        await PassAsync(sim, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15));
        var delivery = Assert.Single(sim.Server.Webhooks.Deliveries);
        Assert.Equal([(0, null), (0.75, 200)], Attempts(delivery));
        Assert.Equal("there was no answer within 30 seconds", delivery.Attempts[0].Problem);
    }

    [Fact]
    [Proves("HOOK-30")]
    public async Task No_connection_is_a_failed_attempt()
    {
        await using var sim = await StartAsync();
        await _receiver.DisposeAsync();
        await sim.PatchAsync(_account.Arr.To("1"));
        await sim.Server.Webhooks.WhenIdleAsync();
        await PassAsync(sim, TimeSpan.FromMinutes(1));
        var delivery = Assert.Single(sim.Server.Webhooks.Deliveries);
        Assert.Equal([(0, null), (1, null)], Attempts(delivery));
        Assert.All(delivery.Attempts, attempt => Assert.NotEmpty(attempt.Problem!));
    }

    [Fact]
    public async Task Later_deliveries_wait_behind_one_that_failed_and_other_webhooks_do_not()
    {
        await using var sim = await StartAsync();
        await using var other = await WebhookReceiver.StartAsync();
        _account.Tenant.AddWebhook(new Uri(other.Url));
        _receiver.AnswerNext(500);
        await sim.PatchAsync(_account.Arr.To("1"));
        await sim.PatchAsync(_account.Arr.To("2"));
        await sim.PatchAsync(_account.Arr.To("3"));
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.Equal([1], Values(_receiver));
        Assert.Equal([1, 2, 3], Values(other));
        await PassAsync(sim, TimeSpan.FromMinutes(1));
        Assert.Equal([1, 2, 3], Values(_receiver));
    }

    [Fact]
    public async Task One_delivery_of_a_webhook_is_on_its_way_at_a_time()
    {
        await using var sim = await StartAsync();
        var held = _receiver.HoldNext();
        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => sim.PatchAsync(_account.Other, _account.Scores.To($"[{number}]"))));
        Assert.Equal("field_value.created", (await _receiver.NextAsync()).Type);
        Assert.Empty(_receiver.TakeAll());
        held.SetResult(200);
        await sim.Server.Webhooks.WhenIdleAsync();
        var deliveries = sim.Server.Webhooks.Deliveries;
        Assert.Equal(deliveries.Skip(1).Select(each => each.Json), _receiver.TakeAll().Select(sent => sent.Text));
        Assert.Equal(39, deliveries.Count);
    }

    [Theory]
    [InlineData("POST", """{"status":"disabled"}""")]
    [InlineData("DELETE", null)]
    public async Task What_waits_for_a_webhook_that_ends_is_dropped(string verb, string? body)
    {
        await using var sim = await StartAsync();
        _receiver.AnswerNext(500);
        await sim.PatchAsync(_account.Arr.To("1"), _account.Note.To("\"n\""));
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await sim.SendAsync(new HttpMethod(verb), "v2/webhooks/701", body)).Status);
        Assert.All(sim.Server.Webhooks.Deliveries, each => Assert.Equal(DeliveryStatus.Dropped, each.Status));
        await PassAsync(sim, TimeSpan.FromHours(10));
        Assert.Single(_receiver.TakeAll());
    }

    [Fact]
    public async Task A_delivery_on_its_way_to_a_webhook_that_is_deleted_is_the_last()
    {
        await using var sim = await StartAsync();
        var held = _receiver.HoldNext();
        await sim.PatchAsync(_account.Arr.To("1"), _account.Note.To("\"n\""));
        await _receiver.NextAsync();
        await sim.SendAsync(HttpMethod.Delete, "v2/webhooks/701");
        held.SetResult(200);
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.Equal([DeliveryStatus.Delivered, DeliveryStatus.Dropped], sim.Server.Webhooks.Deliveries.Select(each => each.Status));
        Assert.Empty(_receiver.TakeAll());
    }

    [Fact]
    public async Task What_waits_goes_to_the_new_url_of_its_webhook()
    {
        await using var sim = await StartAsync();
        _receiver.AnswerNext(500);
        await sim.PatchAsync(_account.Arr.To("1"));
        await sim.Server.Webhooks.WhenIdleAsync();
        await ChangeAsync(sim, $$"""{"url":"{{_receiver.UrlOf("new")}}"}""");
        await PassAsync(sim, TimeSpan.FromMinutes(1));
        Assert.Equal([("/hook", "field_value.created"), ("/new", "test"), ("/new", "field_value.created")], _receiver.TakeAll().Select(sent => (sent.Path, sent.Type)));
    }

    [Fact]
    public async Task No_more_than_10_000_deliveries_wait_for_a_webhook()
    {
        var simulation = new Simulation(new() { TimeProvider = _time }, _account.Tenant);
        _receiver.HoldNext();
        for (var number = 0; number < 10_002; number++)
        {
            simulation.Events.Created(_account.Entry);
        }

        var deliveries = simulation.Webhooks.Log.Deliveries;
        Assert.Equal(WebhookLog.Capacity, deliveries.Count);
        Assert.Equal([DeliveryStatus.Waiting, DeliveryStatus.Dropped, DeliveryStatus.Dropped], deliveries.Skip(9_997).Select(each => each.Status));
        simulation.Webhooks.Dispose();
        await simulation.Webhooks.Log.WhenIdleAsync();
        Assert.DoesNotContain(deliveries, each => each.Status == DeliveryStatus.Waiting);
    }

    [Fact]
    public async Task Another_account_knows_nothing_of_the_deliveries_of_the_one_before()
    {
        await using var sim = await StartAsync();
        using var snapshot = new MemoryStream();
        await sim.Server.SaveAsync(snapshot);
        _receiver.AnswerNext(500);
        await sim.PatchAsync(_account.Arr.To("1"), _account.Arr.To("2"));
        await sim.Server.Webhooks.WhenIdleAsync();
        snapshot.Position = 0;
        await sim.Server.LoadAsync(snapshot);
        Assert.Empty(sim.Server.Webhooks.Deliveries);
        await PassAsync(sim, TimeSpan.FromHours(10));
        await sim.PatchAsync(_account.Arr.To("3"));
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.Equal([2, 3], Values(_receiver));
        Assert.Equal(DeliveryStatus.Delivered, Assert.Single(sim.Server.Webhooks.Deliveries).Status);
    }

    [Fact]
    public async Task A_server_that_is_disposed_waits_for_no_delivery()
    {
        var sim = await StartAsync();
        _receiver.HoldNext();
        await sim.PatchAsync(_account.Arr.To("1"), _account.Note.To("\"n\""));
        await _receiver.NextAsync();
        await sim.DisposeAsync();
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.All(sim.Server.Webhooks.Deliveries, each => Assert.Equal(DeliveryStatus.Dropped, each.Status));
        Assert.Empty(_receiver.TakeAll());
    }

    [Fact]
    public async Task A_server_that_is_disposed_waits_for_no_next_attempt()
    {
        var sim = await StartAsync();
        _receiver.AnswerNext(500);
        await sim.PatchAsync(_account.Arr.To("1"));
        await sim.Server.Webhooks.WhenIdleAsync();
        await sim.DisposeAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await sim.Server.Webhooks.WhenIdleAsync();
        Assert.Single(_receiver.TakeAll());
    }

    [Fact]
    public async Task A_server_that_is_disposed_waits_for_no_test_delivery()
    {
        var sim = await StartAsync();
        _receiver.HoldNext();
        var creation = sim.SendAsync(HttpMethod.Post, "v2/webhooks", $$"""{"url":"{{_receiver.UrlOf("2")}}","subscriptions":[]}""");
        await _receiver.NextAsync();
        await sim.Server.DisposeAsync();
        Assert.EndsWith("failed: the simulator ended.", (await creation).Message, StringComparison.Ordinal);
    }

    private static Task<Answer> ChangeAsync(Sim sim, string body) => sim.SendAsync(HttpMethod.Post, "v2/webhooks/701", body);

    private static int[] Values(WebhookReceiver receiver) => [.. receiver.TakeAll().Select(sent => (int)sent.Body["value"]!)];

    private static (double Minute, int? Status)[] Attempts(WebhookDelivery delivery) =>
        [.. delivery.Attempts.Select(attempt => ((attempt.At - delivery.QueuedAt).TotalMinutes, attempt.Status))];

    private async Task PassAsync(Sim sim, params TimeSpan[] steps)
    {
        foreach (var step in steps)
        {
            _time.Advance(step);
            await sim.Server.Webhooks.WhenIdleAsync();
        }
    }

    private Task<Sim> StartAsync(SimulatorOptions? options = null) => Sim.StartAsync((options ?? new()) with { TimeProvider = _time }, _account);
}
