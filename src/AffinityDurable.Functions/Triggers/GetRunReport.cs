using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/runs/{id}/report</c>: the report of a run that has ended.</summary>
public sealed class GetRunReport(ApiDoor door, RunFiles files)
{
    [Function(nameof(GetRunReport))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs/{id}/report")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => files.DownloadAsync(request, id, Artefacts.Report, RunFiles.Json, cancellationToken), cancellationToken);
}
