using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Scheduling;

/// <summary>Remembers, per sync, the last occurrence of its schedule that was dealt with.</summary>
public sealed class ScheduleBook(ISyncState state)
{
    /// <summary>The last occurrence dealt with. A sync seen for the first time starts now: it does not run for a time before it existed.</summary>
    public async Task<DateTimeOffset> LastAsync(string sync, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entry = await state.ReadAsync<ScheduleEntry>(Key(sync), cancellationToken);
        if (entry is null)
        {
            await state.TryCreateAsync(Key(sync), new ScheduleEntry(now), cancellationToken);
        }

        return entry?.Value.Last ?? now;
    }

    /// <summary>What is known of a sync; null for one that was never looked at.</summary>
    public async Task<ScheduleEntry?> FindAsync(string sync, CancellationToken cancellationToken) =>
        (await state.ReadAsync<ScheduleEntry>(Key(sync), cancellationToken))?.Value;

    /// <summary>Notes an occurrence and its run; an earlier one than the last changes nothing.</summary>
    public async Task RecordAsync(string sync, DateTimeOffset occurrence, string runId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = await state.ReadAsync<ScheduleEntry>(Key(sync), cancellationToken);
            if (entry?.Value.Last >= occurrence)
            {
                return;
            }

            var fresh = new ScheduleEntry(occurrence, runId);
            var stored = entry is null
                ? await state.TryCreateAsync(Key(sync), fresh, cancellationToken)
                : await state.TryReplaceAsync(Key(sync), fresh, entry.ETag, cancellationToken);
            if (stored is not null)
            {
                return;
            }
        }
    }

    private static string Key(string sync) => $"schedule/{sync}";
}

/// <summary>Document of the <see cref="ScheduleBook"/>.</summary>
/// <param name="Last">The last occurrence dealt with, or when the sync was seen first.</param>
/// <param name="RunId">Its run; null when there was none yet.</param>
public sealed record ScheduleEntry(DateTimeOffset Last, string? RunId = null);
