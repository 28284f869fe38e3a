using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reading;

/// <summary>Reads a list page by page into the run's snapshot: the keys and the mapped fields of every entry, and whether the sync is about it.</summary>
public sealed class ListReader(AffinityClient client, IRunStore store, TimeProvider clock)
{
    /// <summary>Pages in a slice: what one activity reads, some minute of calls. A list of a million entries has fifty slices.</summary>
    public const int PagesPerSlice = 200;

    private readonly ViewReader view = new(client, store, clock);

    /// <summary>Reads a slice and stores it. Repeating it replaces what was stored.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="slice">Number of the slice.</param>
    /// <param name="from">Where to go on; null for the first page.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<ListSlice> ReadAsync(string runId, ResolvedSync sync, int slice, Uri? from, CancellationToken cancellationToken)
    {
        if (ViewReader.Reads(sync, from))
        {
            return await view.ReadAsync(runId, sync, slice, from, cancellationToken);
        }

        var calls = ThrottledCalls.OneLane(sync.Definition.MinuteSharePercent, clock);
        var pages = new Pages(client, sync, new SyncScope(sync, await view.EntriesAsync(runId, sync, cancellationToken)), calls, from);
        await store.WriteLinesAsync(runId, Artefacts.Snapshot(slice), pages.ReadAsync(PagesPerSlice, cancellationToken), cancellationToken);
        return new ListSlice(pages.Snapshots.Entries, pages.Snapshots.TruncatedSets, pages.Next?.AbsoluteUri, calls.Calls)
        {
            UserLimit = calls.Latest?.UserLimit,
            Wait = pages.Wait,
            Failure = pages.Failure,
            Window = calls.Window,
        };
    }

    private sealed class Pages(AffinityClient client, ResolvedSync sync, SyncScope scope, ThrottledCalls calls, Uri? from)
    {
        private readonly IReadOnlyList<AffinityField> fields = sync.ReadFields;

        public SnapshotTally Snapshots { get; } = new(sync, scope);

        public Uri? Next { get; private set; } = from;

        public Wait? Wait { get; private set; }

        public CallProblem? Failure { get; private set; }

        public async IAsyncEnumerable<EntrySnapshot> ReadAsync(
            int most,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var seen = new HashSet<Uri?> { Next };
            for (var page = 0; page < most; page++)
            {
                if (calls.Blocked is { } wait)
                {
                    Wait = wait;
                    yield break;
                }

                var answer = await calls.CallAsync(() => client.EntriesPageAsync(sync.List.Id, fields, Next, cancellationToken), cancellationToken);
                if (answer.Fault is { } fault)
                {
                    Note(fault);
                    yield break;
                }

                foreach (var entry in answer.Value!.Entries)
                {
                    yield return Snapshots.Take(entry);
                }

                Next = answer.Value.NextUrl;
                if (Next is null)
                {
                    yield break;
                }

                if (!seen.Add(Next))
                {
                    Failure = new CallProblem(AffinityErrors.Unavailable.Id, "The pages of the list lead in a circle.");
                    yield break;
                }
            }
        }

        private void Note(AffinityFault fault)
        {
            Wait = calls.WaitFor(fault);
            Failure = Wait is null ? CallFailure.Describe(fault) : null;
        }
    }
}
