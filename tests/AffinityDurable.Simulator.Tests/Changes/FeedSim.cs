using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests.Changes;

/// <summary>Reads of the feed of changes.</summary>
internal static class FeedSim
{
    public static readonly DateTimeOffset Start = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock() => new(Start);

    public static async Task<JsonArray> FeedAsync(this Sim sim, string? filter = null, string more = "")
    {
        var answer = await sim.GetAsync($"v2/field-value-changes?{(filter is null ? "" : $"filter={Uri.EscapeDataString(filter)}")}{more}");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return answer.Data;
    }

    public static IEnumerable<long> Ids(this JsonArray changes) => changes.Select(change => (long)change!["id"]!);

    /// <summary>Action and value of each change.</summary>
    public static IEnumerable<string> Told(this JsonArray changes) =>
        changes.Select(change => $"{change!["actionType"]} {change["value"]!.ToJsonString()}");
}
