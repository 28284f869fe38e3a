using System.Runtime.CompilerServices;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>A run as its artefacts show it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Sync">The frozen definition; null when the run ended before.</param>
/// <param name="Plan">The plan; null when the run ended before.</param>
/// <param name="Report">The report; null while the run has not ended.</param>
internal sealed record StoredRun(string RunId, RunRequest Request, ResolvedSync? Sync, PlanSummary? Plan, RunReport? Report)
{
    /// <summary>Whether it was to write; a sync that only plans turns runs into plans.</summary>
    public RunMode Mode => Report?.Mode ?? Request.Mode;

    /// <summary>Why the run did not do all of its work, in words.</summary>
    public string? Ended => Report?.Error is { } error ? $"{error.Code} {error.Message}" : null;

    /// <summary>The runs of a sync, newest first, read one by one.</summary>
    public static async IAsyncEnumerable<StoredRun> OfAsync(IRunStore store, string sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var id in store.RunsAsync(cancellationToken))
        {
            if (Runs.RunId.TryParse(id, out var runId)
                && runId.Sync == sync
                && await store.ReadJsonAsync<RunRequest>(id, Artefacts.Request, cancellationToken) is { } request)
            {
                yield return new StoredRun(
                    id,
                    request,
                    await store.ReadJsonAsync<ResolvedSync>(id, Artefacts.ResolvedSync, cancellationToken),
                    await store.ReadJsonAsync<PlanSummary>(id, Artefacts.PlanSummary, cancellationToken),
                    await store.ReadJsonAsync<RunReport>(id, Artefacts.Report, cancellationToken));
            }
        }
    }

    /// <summary>The field of this name, if the run maps one.</summary>
    public ResolvedField? FieldOf(string name) => Sync is null ? null : FieldNames.Find(name, Sync.EveryField);
}
