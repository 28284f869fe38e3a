using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Work;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>Finds the syncs that a delivery is about. The definitions are looked at every few seconds, however many deliveries come.</summary>
public sealed class WebhookRoutes(SyncCatalog syncs, IOptionsMonitor<WebhookOptions> options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim loading = new(1, 1);
    private Known known = new([], DateTimeOffset.MinValue);

    public void Dispose() => loading.Dispose();

    /// <summary>What a delivery leaves to be done; nothing for one that no sync asks for.</summary>
    internal async Task<IReadOnlyList<WorkItem>> FindAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery is not { EntryId: { } entryId } || !(delivery.IsNewEntry || delivery.IsValue))
        {
            return [];
        }

        var now = clock.GetUtcNow();
        return
        [
            .. (await DefinitionsAsync(now, cancellationToken)).Where(definition => Asks(definition, delivery)).Select(definition => new WorkItem
            {
                Sync = definition.Sync,
                ListId = definition.ListId,
                Entries = [entryId],
                Trigger = RunTrigger.Webhook,
                ReceivedAt = now,
                NotBefore = now + options.CurrentValue.Debounce,
                Reference = delivery.FieldId,
            }),
        ];
    }

    private static bool Asks(SyncDefinition definition, WebhookDelivery delivery) => delivery.IsNewEntry
        ? definition.OnNewEntry && delivery.ListId == definition.ListId
        : (delivery.ListId ?? definition.ListId) == definition.ListId && definition.OnField.Any(trigger => Asks(trigger, delivery));

    /// <summary>Whether a rule may be about the field. Whether it is, and what it has become, is asked of Affinity before the run.</summary>
    private static bool Asks(FieldTrigger trigger, WebhookDelivery delivery) =>
        !(delivery.IsValueGone && trigger.Becomes is not null)
        && (trigger.Name == delivery.FieldId || delivery.FieldName is null || string.Equals(trigger.Name, delivery.FieldName.Trim(), StringComparison.OrdinalIgnoreCase));

    private async Task<IReadOnlyList<SyncDefinition>> DefinitionsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seen = known;
        if (now - seen.At < Fresh)
        {
            return seen.Definitions;
        }

        await loading.WaitAsync(cancellationToken);
        try
        {
            if (ReferenceEquals(seen, known))
            {
                known = new Known(await LoadAsync(cancellationToken), now);
            }

            return known.Definitions;
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<IReadOnlyList<SyncDefinition>> LoadAsync(CancellationToken cancellationToken) =>
    [
        .. (await syncs.LoadAllAsync(cancellationToken))
            .Select(one => one.Value.Definition)
            .OfType<SyncDefinition>()
            .Where(definition => definition.OnNewEntry || definition.OnField.Count > 0),
    ];

    private sealed record Known(IReadOnlyList<SyncDefinition> Definitions, DateTimeOffset At);
}
