using System.Runtime.CompilerServices;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reading;

/// <summary>Reads in full the sets that pages have cut off, for entries that a source row speaks about: a write replaces the whole set.</summary>
public sealed class FullSetReader(AffinityClient client, IRunStore store, TimeProvider clock)
{
    /// <summary>Sets in a slice.</summary>
    private const int SetsPerSlice = 200;

    /// <summary>Reads a slice of the sets and stores it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="slice">Number of the slice.</param>
    /// <param name="skip">Sets that earlier slices have read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<FullSetSlice> ReadAsync(string runId, ResolvedSync sync, int slice, int skip, CancellationToken cancellationToken)
    {
        var calls = ThrottledCalls.OneLane(sync.Definition.MinuteSharePercent, clock);
        var wanted = await WantedAsync(runId, sync, cancellationToken).Skip(skip).Take(SetsPerSlice).ToListAsync(cancellationToken);
        var sets = new List<FullSet>();
        Wait? wait = null;
        CallProblem? failure = null;
        foreach (var (entryId, field) in wanted)
        {
            if ((wait = calls.Blocked) is not null)
            {
                break;
            }

            var answer = await calls.CallAsync(() => client.FieldValuesAsync(sync.List.Id, entryId, field, cancellationToken), cancellationToken);
            if (answer.Fault is { } fault && ((wait = calls.WaitFor(fault)) is not null || CallFailure.EndsRun(fault) is not null))
            {
                failure = wait is null ? CallFailure.Describe(fault) : null;
                break;
            }

            // Any other fault concerns this set alone: it stays cut off, and the planner rejects it.
            sets.Add(new FullSet(entryId, field.Id, answer.Value.Value) { IsComplete = answer.Value.State == LiveState.Known });
        }

        await store.WriteLinesAsync(runId, Artefacts.FullSets(slice), sets, cancellationToken);
        return new FullSetSlice(sets.Count, sets.Count == wanted.Count && wanted.Count < SetsPerSlice, calls.Calls, wait, failure);
    }

    private async IAsyncEnumerable<(long EntryId, AffinityField Field)> WantedAsync(
        string runId,
        ResolvedSync sync,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await store.ReadEntryIdsAsync(runId, sync.Definition, cancellationToken);
        await foreach (var entry in store.ReadSnapshotAsync(runId, cancellationToken))
        {
            for (var column = 0; column < entry.Values.Count && rows.Contains(entry.EntryId); column++)
            {
                if (entry.Values[column].State == LiveState.Truncated)
                {
                    yield return (entry.EntryId, sync.EveryField[column].Field);
                }
            }
        }
    }
}

/// <summary>How far the sets were read.</summary>
/// <param name="Sets">Sets that this slice has dealt with.</param>
/// <param name="Done">Nothing is left.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Wait">Until when the rest has to wait.</param>
/// <param name="Failure">What ends the run.</param>
public sealed record FullSetSlice(int Sets, bool Done, int Calls, Wait? Wait = null, CallProblem? Failure = null);
