using System.Globalization;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reading;

/// <summary>Reads the few entries that a run was asked for into its snapshot, one call each, instead of a list of which most would be thrown away.</summary>
public sealed class NamedEntriesReader(AffinityClient client, IRunStore store, TimeProvider clock)
{
    /// <summary>More entries than this are looked for in the pages of the list: its size is not known, and a page holds a hundred.</summary>
    public const int Most = 100;

    /// <summary>Whether a run reads its entries by name.</summary>
    public static bool Serves(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request is { Entries: { Count: <= Most }, Domains: null };
    }

    /// <summary>Reads as many as the limit allows and stores them. Repeating a slice replaces what it stored.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="entryIds">All entries that the run was asked for; those that are not on the list are passed over.</param>
    /// <param name="slice">Number of the slice.</param>
    /// <param name="from">How many of them earlier slices have read; null for none.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<ListSlice> ReadAsync(
        string runId, ResolvedSync sync, IReadOnlyList<long> entryIds, int slice, string? from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var calls = ThrottledCalls.OneLane(sync.Definition.MinuteSharePercent, clock);
        var reading = new Reading(client, sync, calls, [.. entryIds.Distinct()], from is null ? 0 : int.Parse(from, CultureInfo.InvariantCulture));
        await store.WriteLinesAsync(runId, Artefacts.Snapshot(slice), reading.ReadAsync(cancellationToken), cancellationToken);
        return new ListSlice(reading.Snapshots.Entries, reading.Snapshots.TruncatedSets, reading.Next, calls.Calls)
        {
            UserLimit = calls.Latest?.UserLimit,
            Wait = reading.Wait,
            Failure = reading.Failure,
            Window = calls.Window,
        };
    }

    private sealed class Reading(AffinityClient client, ResolvedSync sync, ThrottledCalls calls, IReadOnlyList<long> entryIds, int start)
    {
        private readonly IReadOnlyList<AffinityField> fields = sync.ReadFields;
        private int next = start;

        public SnapshotTally Snapshots { get; } = new(sync, new SyncScope(sync, view: null));

        public Wait? Wait { get; private set; }

        public CallProblem? Failure { get; private set; }

        /// <summary>Null when all are read.</summary>
        public string? Next => next < entryIds.Count ? next.ToString(CultureInfo.InvariantCulture) : null;

        public async IAsyncEnumerable<EntrySnapshot> ReadAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (; next < entryIds.Count; next++)
            {
                if ((Wait = calls.Blocked) is not null)
                {
                    yield break;
                }

                var answer = await calls.CallAsync(() => client.EntryAsync(sync.List.Id, entryIds[next], fields, cancellationToken), cancellationToken);
                if (answer.Value is { } entry)
                {
                    yield return Snapshots.Take(entry);
                }
                else if (answer.Fault is { Kind: not FaultKind.NotFound } fault)
                {
                    Wait = calls.WaitFor(fault);
                    Failure = Wait is null ? CallFailure.Describe(fault) : null;
                    yield break;
                }
            }
        }
    }
}
