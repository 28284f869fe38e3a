using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Syncs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/syncs/{sync}/runs</c>: an ad-hoc backfill of the whole list, of some entries or of some domains.</summary>
public sealed class StartRun(RequestAuthorizer authorizer, SyncCatalog syncs, RunStarter starter)
{
    private const int RetryAfterSeconds = 5;

    [Function(nameof(StartRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "syncs/{sync}/runs")] HttpRequest request,
        string sync,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!authorizer.Admits(request))
        {
            return Problems.Forbidden();
        }

        var loaded = await syncs.LoadAsync(sync, cancellationToken);
        if (loaded.IsUnknown)
        {
            return Problems.NotFound($"There is no sync '{sync}'.");
        }

        var asked = await StartRunRequest.ReadAsync(request.Body, cancellationToken);
        if (asked.Errors.Count > 0 || loaded.Definition is null)
        {
            return Problems.BadRequest([.. asked.Errors, .. loaded.Problems]);
        }

        var wanted = asked.For(sync, RunTrigger.Http);
        if (asked.Mode == RunMode.Plan)
        {
            return Accepted(request, await starter.StartAsync(wanted, client, cancellationToken));
        }

        var start = await starter.TryStartAsync(wanted, loaded.Definition.ListId, client, cancellationToken);
        return start.RunId is { } runId ? Accepted(request, runId) : Problems.Conflict(start.HeldBy!);
    }

    private static AcceptedResult Accepted(HttpRequest request, string runId)
    {
        var location = $"/api/runs/{Uri.EscapeDataString(runId)}";
        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new AcceptedResult(location, new { runId, status = location });
    }
}
