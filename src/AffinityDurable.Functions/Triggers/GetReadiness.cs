using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Monitoring;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/health/ready</c>: whether the host can do its work now.</summary>
public sealed class GetReadiness(ApiDoor door, HealthDesk desk)
{
    [Function(nameof(GetReadiness))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request,
        CancellationToken cancellationToken) =>
        door.AnswerAnybodyAsync(request, desk.AnswerAsync, cancellationToken);
}
