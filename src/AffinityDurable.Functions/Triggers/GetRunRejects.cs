using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/runs/{id}/rejects.csv</c>: rows and values that could not be written, with line, code, reason and cure.</summary>
public sealed class GetRunRejects(ApiDoor door, RunFiles files)
{
    [Function(nameof(GetRunRejects))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs/{id}/rejects.csv")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => files.DownloadAsync(request, id, Artefacts.RejectsCsv, RunFiles.Csv, cancellationToken), cancellationToken);
}
