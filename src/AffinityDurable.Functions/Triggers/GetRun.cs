using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/runs/{id}</c>: where a run stands, and its report once it has ended.</summary>
public sealed class GetRun(RequestAuthorizer authorizer, IRunStore store)
{
    [Function(nameof(GetRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!authorizer.Admits(request))
        {
            return Problems.Forbidden();
        }

        if (!RunId.TryParse(id, null, out var runId))
        {
            return Problems.NotFound("There is no such run.");
        }

        var instance = await client.GetInstanceAsync(runId.ToString(), getInputsAndOutputs: true, cancellationToken);
        var report = await store.ReadJsonAsync<RunReport>(runId.ToString(), Artefacts.Report, cancellationToken);
        return instance is null && report is null
            ? Problems.NotFound("There is no such run.")
            : new JsonResult(await ViewAsync(runId, instance, report, client, cancellationToken), RunJson.Options);
    }

    private static async Task<RunView> ViewAsync(
        RunId runId,
        OrchestrationMetadata? instance,
        RunReport? report,
        DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var status = instance?.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<RunStatus>();
        if (status?.Phase == RunPhase.Applying)
        {
            var apply = await client.GetInstanceAsync(ApplyOrchestrator.IdFor(runId.ToString()), getInputsAndOutputs: true, cancellationToken);
            status = apply?.SerializedCustomStatus is null ? status : apply.ReadCustomStatusAs<RunStatus>();
        }

        return new RunView(runId.ToString(), instance?.RuntimeStatus.ToString(), instance?.IsCompleted == true ? null : status, report);
    }
}

/// <summary>Answer of <see cref="GetRun"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="RuntimeStatus">Status of the orchestration; null once it was purged.</param>
/// <param name="Status">Where it stands, while it is under way.</param>
/// <param name="Report">What it did, once it has ended.</param>
public sealed record RunView(string RunId, string? RuntimeStatus, RunStatus? Status, RunReport? Report);
