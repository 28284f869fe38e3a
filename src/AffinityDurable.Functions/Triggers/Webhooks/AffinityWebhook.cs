using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Telemetry;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Functions.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>
/// <c>POST /api/webhooks/affinity/{token}</c>: keeps what a delivery leaves to be done and answers. Affinity is not asked here. Affinity
/// repeats whatever is not answered with success for ten hours and then switches the webhook off: so only what it never sends is refused,
/// and only what could not be kept is an error.
/// </summary>
public sealed partial class AffinityWebhook(
    WebhookToken tokens, WebhookSignature signature, WebhookRoutes routes, WorkBook book, WorkStarter starter, TimeProvider clock, ILogger<AffinityWebhook> logger)
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Late = TimeSpan.FromHours(12);

    [Function(nameof(AffinityWebhook))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/affinity/{token}")] HttpRequest request,
        string token,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!tokens.Admits(token))
        {
            return Refuse(Problems.NotFound("There is nothing here."), "foreign");
        }

        if (await CappedBody.ReadAsync(request.Body, MostBytes, cancellationToken) is not { } body)
        {
            return Refuse(Problems.Result(StatusCodes.Status413PayloadTooLarge, Problem.Of(EventErrors.DeliveryUnreadable, $"The delivery is larger than {MostBytes} bytes.")), "malformed");
        }

        if (!signature.Admits(request.Headers, body))
        {
            LogUnsigned(logger, EventErrors.DeliveryUnsigned.Id);
            return Refuse(Problems.Result(StatusCodes.Status401Unauthorized, Problem.Of(EventErrors.DeliveryUnsigned, "The delivery does not carry the signature that is asked for.")), "unsigned");
        }

        return WebhookDelivery.Read(body) is { } delivery
            ? await TakeAsync(delivery, client, cancellationToken)
            : Refuse(Problems.BadRequest([Problem.Of(EventErrors.DeliveryUnreadable, "The delivery is not a JSON object with a 'type'.")]), "malformed");
    }

    private async Task<IActionResult> TakeAsync(WebhookDelivery delivery, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (delivery is { IsNewEntry: true, EntryId: null } or { IsNewEntry: true, ListId: null })
        {
            LogWithoutEntry(logger, EventErrors.DeliveryUnreadable.Id, delivery.Type);
        }

        var items = await routes.FindAsync(delivery, cancellationToken);
        foreach (var item in items)
        {
            await book.AddAsync(item, cancellationToken);
        }

        await WakeAsync(items.Select(item => item.ListId).Distinct(), client, cancellationToken);
        LogTaken(logger, delivery.Type, items.Count);
        if (delivery.SentAt is { } sentAt && clock.GetUtcNow() - sentAt > Late)
        {
            LogLate(logger, delivery.Type, sentAt);
        }

        EventSignals.Delivered(items.Count == 0 ? "ignored" : "taken");
        return new JsonResult(new TakenDelivery(items.Count), RunJson.Options);
    }

    /// <summary>The work is kept: whoever cannot be woken now is woken by the next tick.</summary>
    private async Task WakeAsync(IEnumerable<long> lists, DurableTaskClient client, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var listId in lists)
            {
                await starter.WakeAsync(listId, client, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotWoken(logger, exception.GetType().Name);
        }
    }

    private static ObjectResult Refuse(ObjectResult answer, string result)
    {
        EventSignals.Delivered(result);
        return answer;
    }

    [LoggerMessage(1050, LogLevel.Debug, "A delivery of type {Type} leaves {Items} items of work")]
    private static partial void LogTaken(ILogger logger, string type, int items);

    [LoggerMessage(1051, LogLevel.Information, "A delivery of type {Type} comes late: Affinity sent it first at {SentAt:u}")]
    private static partial void LogLate(ILogger logger, string type, DateTimeOffset sentAt);

    [LoggerMessage(1052, LogLevel.Warning, "{Code}: a delivery of the webhook is not signed as the settings ask; nothing of it was taken")]
    private static partial void LogUnsigned(ILogger logger, string code);

    [LoggerMessage(1053, LogLevel.Error, "{Code}: a delivery of type {Type} names no entry or no list; has Affinity changed its shape?")]
    private static partial void LogWithoutEntry(ILogger logger, string code, string type);

    [LoggerMessage(1054, LogLevel.Warning, "The work of a delivery is kept, and nobody could be woken for it ({Kind}); the next tick does")]
    private static partial void LogNotWoken(ILogger logger, string kind);
}

/// <summary>Answer of <see cref="AffinityWebhook"/>.</summary>
/// <param name="Items">Items of work that the delivery leaves.</param>
public sealed record TakenDelivery(int Items);
