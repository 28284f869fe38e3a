using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Monitoring;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/health/live</c>: that the host answers. A restart mends nothing else.</summary>
public sealed class GetLiveness(ApiDoor door)
{
    [Function(nameof(GetLiveness))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request,
        CancellationToken cancellationToken) =>
        door.AnswerAnybodyAsync(request, _ => Task.FromResult<IActionResult>(new JsonResult(new HealthView(HealthWords.Live), RunJson.Options)), cancellationToken);
}
