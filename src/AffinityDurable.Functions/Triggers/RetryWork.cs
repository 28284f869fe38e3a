using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Functions.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>POST /api/syncs/{sync}/work/retry</c>: lets the work of a sync that was given up be tried again.</summary>
public sealed partial class RetryWork(ApiDoor door, SyncCatalog syncs, WorkBook book, WorkStarter starter, ILogger<RetryWork> logger)
{
    [Function(nameof(RetryWork))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "syncs/{sync}/work/retry")] HttpRequest request,
        string sync,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Operator, caller => AnswerAsync(request, caller, sync, client, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Caller caller, string sync, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (RequestQuery.Refuse(request) is { } refusal)
        {
            return refusal;
        }

        await syncs.RequireAsync(sync, cancellationToken);
        var givenUp = (await book.DeadAsync(cancellationToken)).Where(work => work.Work.Item.Sync == sync).ToList();
        foreach (var work in givenUp)
        {
            await book.ReviveAsync(work, cancellationToken);
        }

        foreach (var listId in givenUp.Select(work => work.Work.Item.ListId).Distinct())
        {
            await starter.WakeAsync(listId, client, cancellationToken);
        }

        LogRevived(logger, givenUp.Count, sync, caller.Name);
        return new JsonResult(new RetriedWork(sync, givenUp.Count), RunJson.Options);
    }

    [LoggerMessage(1045, LogLevel.Information, "{Items} items of given-up work of sync {Sync} are tried again, as {By} asked")]
    private static partial void LogRevived(ILogger logger, int items, string sync, string? by);
}

/// <summary>Answer of <see cref="RetryWork"/>.</summary>
/// <param name="Sync">The sync.</param>
/// <param name="Items">Items that are tried again.</param>
public sealed record RetriedWork(string Sync, int Items);
