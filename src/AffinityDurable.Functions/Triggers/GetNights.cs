using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Scheduling;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/nights</c>: what became of the scheduled runs of the last days.</summary>
public sealed class GetNights(ApiDoor door, NightBook nights)
{
    private const int Most = 31;

    [Function(nameof(GetNights))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "nights")] HttpRequest request,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => AnswerAsync(request, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, CancellationToken cancellationToken) =>
        RequestQuery.Refuse(request) ?? new JsonResult(new NightsView(await nights.LatestAsync(Most, cancellationToken)), RunJson.Options);
}

/// <summary>Answer of <see cref="GetNights"/>.</summary>
/// <param name="Nights">The nights, the newest first.</param>
public sealed record NightsView(IReadOnlyList<Night> Nights);
