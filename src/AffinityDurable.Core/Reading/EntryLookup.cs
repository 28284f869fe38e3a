using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reading;

/// <summary>Reads a few fields of some entries of a list, outside a run.</summary>
public sealed class EntryLookup(AffinityClient client, TimeProvider clock)
{
    /// <summary>More entries than this are looked for in the pages of the list, which hold a hundred each.</summary>
    private const int MostSingles = NamedEntriesReader.Most;

    /// <summary>Reads the entries; those that are not on the list are left out.</summary>
    /// <param name="listId">The list.</param>
    /// <param name="entryIds">The entries.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="minuteSharePercent">Percent of the minute window that may be used.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<FoundEntries> ReadAsync(
        long listId, IReadOnlyCollection<long> entryIds, IReadOnlyList<AffinityField> fields, int minuteSharePercent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entryIds);
        var reading = new Reading(client, ThrottledCalls.OneLane(minuteSharePercent, clock), listId, fields);
        await (entryIds.Count <= MostSingles ? reading.SinglesAsync(entryIds, cancellationToken) : reading.PagesAsync(entryIds.ToHashSet(), cancellationToken));
        return reading.Result;
    }

    private sealed class Reading(AffinityClient client, ThrottledCalls calls, long listId, IReadOnlyList<AffinityField> fields)
    {
        private readonly List<ListEntry> entries = [];
        private Wait? wait;
        private CallProblem? failure;

        public FoundEntries Result => new(entries, wait, failure);

        public async Task SinglesAsync(IEnumerable<long> entryIds, CancellationToken cancellationToken)
        {
            foreach (var entryId in entryIds)
            {
                var answer = await CallAsync(() => client.EntryAsync(listId, entryId, fields, cancellationToken), cancellationToken);
                if (answer?.Value is { } entry)
                {
                    entries.Add(entry);
                }
                else if (answer?.Fault?.Kind != FaultKind.NotFound)
                {
                    return;
                }
            }
        }

        public async Task PagesAsync(HashSet<long> wanted, CancellationToken cancellationToken)
        {
            Uri? next = null;
            do
            {
                var from = next;
                var answer = await CallAsync(() => client.EntriesPageAsync(listId, fields, from, cancellationToken), cancellationToken);
                if (answer?.Value is not { } page)
                {
                    return;
                }

                entries.AddRange(page.Entries.Where(entry => wanted.Remove(entry.Id)));
                next = page.NextUrl;
            }
            while (next is not null && wanted.Count > 0);
        }

        /// <summary>An answer; null when it is no use to go on.</summary>
        private async Task<Answer<T>?> CallAsync<T>(Func<Task<Answer<T>>> call, CancellationToken cancellationToken)
        {
            if ((wait = calls.Blocked) is not null)
            {
                return null;
            }

            var answer = await calls.CallAsync(call, cancellationToken);
            if (answer.Fault is { Kind: not FaultKind.NotFound } fault)
            {
                wait = calls.WaitFor(fault);
                failure = wait is null ? CallFailure.Describe(fault) : null;
                return null;
            }

            return answer;
        }
    }
}

/// <summary>What became of a read.</summary>
/// <param name="Entries">The entries that were read.</param>
/// <param name="Wait">Until when the rest has to wait.</param>
/// <param name="Failure">Why the rest cannot be read.</param>
public sealed record FoundEntries(IReadOnlyList<ListEntry> Entries, Wait? Wait, CallProblem? Failure);
