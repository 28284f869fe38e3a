using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reading;

/// <summary>Reads which entries the saved view of a sync's scope shows, before the list is read.</summary>
internal sealed class ViewReader(AffinityClient client, IRunStore store, TimeProvider clock)
{
    /// <summary>Whether a slice that starts here is one of the view.</summary>
    public static bool Reads(ResolvedSync sync, Uri? from) =>
        sync.Definition.Scope?.SavedView is not null && from?.AbsolutePath.Contains("/saved-views/", StringComparison.Ordinal) != false;

    /// <summary>Reads a slice and stores it; the slice after the last one starts with the list.</summary>
    public async Task<ListSlice> ReadAsync(string runId, ResolvedSync sync, int slice, Uri? from, CancellationToken cancellationToken)
    {
        var calls = ThrottledCalls.OneLane(sync.Definition.MinuteSharePercent, clock);
        var next = from ?? client.FirstViewPage(sync.List.Id, sync.Definition.Scope!.SavedView!.Value);
        var entries = new List<long>();
        Wait? wait = null;
        CallProblem? failure = null;
        var isRead = false;
        for (var page = 0; page < ListReader.PagesPerSlice && !isRead && (wait = calls.Blocked) is null; page++)
        {
            var current = next;
            var answer = await calls.CallAsync(() => client.ViewPageAsync(current, cancellationToken), cancellationToken);
            if (answer.Fault is { } fault)
            {
                wait = calls.WaitFor(fault);
                failure = wait is null ? CallFailure.Describe(fault) : null;
                break;
            }

            entries.AddRange(answer.Value!.Items);
            isRead = answer.Value.NextUrl is null;
            next = answer.Value.NextUrl ?? client.FirstEntriesPage(sync.List.Id, sync.ReadFields);
            if (next == current)
            {
                failure = new CallProblem(AffinityErrors.Unavailable.Id, "The pages of the saved view lead in a circle.");
                break;
            }
        }

        await store.WriteLinesAsync(runId, Artefacts.Part(Artefacts.ScopePrefix, slice), entries, cancellationToken);
        return new ListSlice(0, 0, next.AbsoluteUri, calls.Calls, calls.Latest?.UserLimit, wait, failure, calls.Window);
    }

    /// <summary>What was read; null where the sync names no view.</summary>
    public async Task<IReadOnlySet<long>?> EntriesAsync(string runId, ResolvedSync sync, CancellationToken cancellationToken)
    {
        if (sync.Definition.Scope?.SavedView is null)
        {
            return null;
        }

        var entries = new HashSet<long>();
        await foreach (var slice in store.ListAsync(runId, Artefacts.ScopePrefix, cancellationToken))
        {
            await foreach (var id in store.ReadLinesAsync<long>(runId, slice, cancellationToken: cancellationToken))
            {
                entries.Add(id);
            }
        }

        return entries;
    }
}
