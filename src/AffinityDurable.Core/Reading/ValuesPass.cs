using System.Runtime.CompilerServices;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reading;

/// <summary>One slice of a <see cref="ValuesReader"/>.</summary>
/// <param name="open">Wanted entries that are not read yet.</param>
internal sealed class ValuesPass(AffinityClient client, ValuesOrder order, Dictionary<long, WantedValues> open, ThrottledCalls calls)
{
    /// <summary>Entries in a row without a usable answer that are an outage and not their own trouble.</summary>
    private const int OutageAfter = 3;

    private readonly Dictionary<string, AffinityField> fields = order.Sync.EveryField.ToDictionary(field => field.Field.Id, field => field.Field, StringComparer.Ordinal);
    private readonly WholeEntries entries = new(client, order.Sync.List.Id, calls);

    private ValuesCursor cursor = order.From ?? new ValuesCursor(ByEntry: !PagesAreCheaper(order.ListEntries, open.Count));
    private int unanswered;
    private bool leftInMidst;
    private int taken;
    private int progress;
    private Wait? wait;
    private CallProblem? failure;

    private bool IsSpent => calls.Calls >= ValuesReader.CallsPerSlice;

    private bool IsStopped => wait is not null || failure is not null || open.Count == 0 || IsSpent;

    public async IAsyncEnumerable<EntryValues> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in ByPageAsync(cancellationToken))
        {
            yield return entry;
        }

        await foreach (var entry in ByEntryAsync(cancellationToken))
        {
            yield return entry;
        }
    }

    public ValuesSlice Result() => new(taken, progress, calls.Calls, open.Count == 0 ? null : cursor, wait, failure, calls.Window);

    private static bool PagesAreCheaper(int listEntries, int wanted) =>
        listEntries > 0 && (listEntries + AffinityApi.PageSize - 1) / AffinityApi.PageSize <= wanted;

    private async IAsyncEnumerable<EntryValues> ByPageAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = open.Values.SelectMany(wanted => wanted.FieldIds).ToHashSet(StringComparer.Ordinal);
        var columns = order.Sync.EveryField.Select(field => field.Field).Where(field => ids.Contains(field.Id)).ToList();
        var seen = new HashSet<string?>(StringComparer.Ordinal) { cursor.NextUrl };
        while (!cursor.ByEntry && !IsStopped && (wait = calls.Blocked) is null)
        {
            var from = cursor.NextUrl is null ? null : new Uri(cursor.NextUrl);
            var page = await calls.CallAsync(() => client.EntriesPageAsync(order.Sync.List.Id, columns, from, cancellationToken), cancellationToken);
            if (page.Fault is { } fault)
            {
                Stop(fault);
                yield break;
            }

            progress++;
            await foreach (var entry in TakeAsync(page.Value!, cancellationToken))
            {
                yield return entry;
            }

            if (!leftInMidst)
            {
                cursor = page.Value!.NextUrl is { } next ? new ValuesCursor(next.AbsoluteUri) : new ValuesCursor(ByEntry: true);
            }

            if (!cursor.ByEntry && !IsStopped && !seen.Add(cursor.NextUrl))
            {
                failure = new CallProblem(AffinityErrors.Unavailable.Id, "The pages of the list lead in a circle.");
            }
        }
    }

    private async IAsyncEnumerable<EntryValues> TakeAsync(EntryPage page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in page.Entries)
        {
            if (!open.TryGetValue(entry.Id, out var wanted))
            {
                continue;
            }

            if (IsCutOff(entry, wanted) && (IsSpent || (wait = calls.Blocked) is not null))
            {
                leftInMidst = true;
                yield break;
            }

            var answer = await entries.CompleteAsync(new Answer<ListEntry>(entry, null, null, Calls: 0), FieldsOf(wanted), cancellationToken);
            if (MayBeItsOwnTrouble(answer.Fault))
            {
                // It has its turn after the pages.
                continue;
            }

            if (Take(wanted, answer) is not { } values)
            {
                leftInMidst = true;
                yield break;
            }

            yield return values;
        }
    }

    private async IAsyncEnumerable<EntryValues> ByEntryAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!cursor.ByEntry || IsStopped)
        {
            yield break;
        }

        foreach (var wanted in open.Values.ToList())
        {
            if (IsStopped || (wait = calls.Blocked) is not null)
            {
                yield break;
            }

            var answer = await entries.ReadAsync(wanted.EntryId, FieldsOf(wanted), cancellationToken);
            if (!MayBeItsOwnTrouble(answer.Fault) && Take(wanted, answer) is { } values)
            {
                progress++;
                yield return values;
            }
        }

        if (!IsStopped)
        {
            // The others are read; those without an answer are asked for once more, later.
            wait = calls.WaitForOutage();
        }
    }

    private bool MayBeItsOwnTrouble(AffinityFault? fault) => fault is { Kind: FaultKind.Unavailable } && ++unanswered < OutageAfter;

    private static bool IsCutOff(ListEntry entry, WantedValues wanted) => wanted.FieldIds.Any(id => entry[id].State == LiveState.Truncated);

    /// <summary>The values of an entry; none of an entry that is gone or refused. Null when the rest has to stop.</summary>
    private EntryValues? Take(WantedValues wanted, Answer<ListEntry> answer)
    {
        if (answer.Fault is { } fault && CallFailure.RefusesEntry(fault) is null)
        {
            Stop(fault);
            return null;
        }

        unanswered = 0;
        open.Remove(wanted.EntryId);
        taken++;
        return new EntryValues(
            wanted.EntryId,
            wanted.FieldIds.ToDictionary(id => id, id => answer.Value?[id] ?? LiveValue.NotRequested, StringComparer.Ordinal));
    }

    private void Stop(AffinityFault fault)
    {
        wait = calls.WaitFor(fault);
        failure = wait is null ? CallFailure.Describe(fault) : null;
    }

    private List<AffinityField> FieldsOf(WantedValues wanted) => [.. wanted.FieldIds.Where(fields.ContainsKey).Select(id => fields[id])];
}
