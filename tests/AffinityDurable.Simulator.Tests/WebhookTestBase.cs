using System.Net;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

/// <summary>A receiver of deliveries, a clock that stands still, and the calls that manage webhooks.</summary>
public abstract class WebhookTestBase : IAsyncLifetime
{
    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 10, 8, 16, 55, 51, TimeSpan.Zero));

    private protected WebhookReceiver Receiver { get; private set; } = null!;

    public async Task InitializeAsync() => Receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await Receiver.DisposeAsync();

    private protected static Task<Answer> CreateAsync(Sim sim, string url, params string[] events) => sim.SendAsync(
        HttpMethod.Post, "v2/webhooks",
        new JsonObject { ["url"] = url, ["subscriptions"] = new JsonArray([.. events.Select(type => JsonValue.Create(type))]) }.ToJsonString());

    private protected static Task<Answer> ChangeAsync(Sim sim, string body) => sim.SendAsync(HttpMethod.Post, "v2/webhooks/701", body);

    private protected static async Task<(HttpStatusCode Status, string Body)> BodyOf(Task<Answer> answer) => ((await answer).Status, (await answer).Body);

    private protected static async Task<(string Url, string Events, string Status, string? UpdatedAt)> ShownAsync(Sim sim)
    {
        var json = (await sim.GetAsync("v2/webhooks/701")).Json;
        return ((string)json["url"]!, json["subscriptions"]!.ToJsonString(), (string)json["status"]!, (string?)json["updatedAt"]);
    }

    private protected static void AssertBadUrl(Answer answer, string message) => Assert.Equal(
        (HttpStatusCode.BadRequest, "validation", "url", message),
        (answer.Status, (string)answer.Error["code"]!, (string)answer.Error["param"]!, answer.Message));

    private protected Task<Sim> StartAsync(SimulatorOptions? options = null) => Sim.StartAsync((options ?? new()) with { TimeProvider = Time });
}
