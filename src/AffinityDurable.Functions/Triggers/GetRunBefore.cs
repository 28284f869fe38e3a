using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/runs/{id}/before.csv</c>: the values that a run has overwritten.</summary>
public sealed class GetRunBefore(ApiDoor door, RunFiles files)
{
    [Function(nameof(GetRunBefore))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs/{id}/before.csv")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => files.DownloadAsync(request, id, Artefacts.BeforeCsv, RunFiles.Csv, cancellationToken), cancellationToken);
}
