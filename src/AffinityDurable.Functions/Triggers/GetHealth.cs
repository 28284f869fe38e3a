using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Monitoring;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/health</c>: whether the host can do its work, as <see cref="GetReadiness"/> says it.</summary>
public sealed class GetHealth(ApiDoor door, HealthDesk desk)
{
    [Function(nameof(GetHealth))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken) =>
        door.AnswerAnybodyAsync(request, desk.AnswerAsync, cancellationToken);
}
