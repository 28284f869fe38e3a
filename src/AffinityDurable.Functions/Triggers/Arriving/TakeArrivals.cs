using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Arrivals;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Sources.Files.Arrivals;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers.Arriving;

/// <summary><c>POST /api/syncs/{sync}/arrivals</c>: takes the notifications of a storage. They only say where to look.</summary>
public sealed class TakeArrivals(ApiDoor door, SyncCatalog syncs, ArrivalDesk desk, ArrivalLook storage, TopicBook topics)
{
    private const int MostBytes = 1 << 20;

    [Function(nameof(TakeArrivals))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "syncs/{sync}/arrivals")] HttpRequest request,
        string sync,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        door.AdmitSenderAsync(request, Role.Operator, _ => AnswerAsync(request, sync, client, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(HttpRequest request, string sync, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var loaded = await syncs.RequireAsync(sync, cancellationToken);
        if (loaded.Definition is null)
        {
            return Problems.BadRequest(loaded.Problems);
        }

        var rules = ArrivalDesk.RulesOf(loaded).Where(rule => rule.Scheme == ArrivedFile.S3).ToList();
        return rules.Count == 0
            ? Problems.Conflict(Problem.Of(IntakeErrors.NotWaiting, $"No source of sync '{sync}' has a path 's3://…' and 'onArrival: true'."))
            : await TakeAsync(request, loaded, rules, client, cancellationToken);
    }

    private async Task<IActionResult> TakeAsync(HttpRequest request, LoadedSync loaded, List<ArrivalRule> rules, DurableTaskClient client, CancellationToken cancellationToken)
    {
        try
        {
            var notice = ObjectNotice.Read(await ReadAsync(request.Body, cancellationToken));
            if (notice.Confirmation is { } confirmation)
            {
                await topics.NoteAsync(loaded.Definition!.Sync, confirmation, cancellationToken);
            }

            var started = 0;
            foreach (var file in notice.Files)
            {
                started += await StartAsync(loaded, rules, file, client, cancellationToken) ? 1 : 0;
            }

            return new JsonResult(new ArrivalsTaken(notice.Files.Count, started, notice.Confirmation is not null), RunJson.Options);
        }
        catch (ProblemException exception) when (exception.Problems[0].Code == IntakeErrors.NotANotice.Id)
        {
            return Problems.BadRequest(exception.Problems);
        }
        catch (ProblemException exception) when (exception.Problems[0].Code != AccessErrors.BodyTooLarge.Id)
        {
            // The storage could not be asked: whoever notifies tries again.
            return Problems.Result(StatusCodes.Status503ServiceUnavailable, exception.Problems);
        }
    }

    /// <summary>What is there counts, not what the notification says.</summary>
    private async Task<bool> StartAsync(LoadedSync loaded, List<ArrivalRule> rules, ArrivedFile told, DurableTaskClient client, CancellationToken cancellationToken) =>
        rules.FirstOrDefault(rule => rule.Matches(told)) is { } waiting
        && await storage.FindAsync(waiting, told.Path, cancellationToken) is { } file
        && await desk.StartAsync(loaded.Definition!, file, client, cancellationToken);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, CancellationToken cancellationToken) =>
        await CappedBody.ReadAsync(body, MostBytes, cancellationToken)
        ?? throw new ProblemException(Problem.Of(AccessErrors.BodyTooLarge, "The notification is larger than a megabyte."));
}

/// <summary>Answer to a notification.</summary>
/// <param name="Files">Objects that it says were created.</param>
/// <param name="Started">For how many of them the sync starts; the others are known, foreign or gone.</param>
/// <param name="NeedsConfirmation">A topic wants to be confirmed; <see cref="GetArrivals"/> says how.</param>
public sealed record ArrivalsTaken(int Files, int Started, bool NeedsConfirmation);
