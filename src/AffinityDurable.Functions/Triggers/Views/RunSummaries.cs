using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Triggers.Views;

/// <summary>Summaries of all runs. A run that has ended does not change any more, so its report is read once a process.</summary>
public sealed class RunSummaries(IRunStore store)
{
    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<string, RunSummary> ended = new(StringComparer.Ordinal);

    /// <summary>All runs, newest first.</summary>
    public async IAsyncEnumerable<RunSummary> NewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var id in store.RunsAsync(cancellationToken))
        {
            if (RunId.TryParse(id, out var runId))
            {
                yield return await FindAsync(runId, cancellationToken);
            }
        }
    }

    private async Task<RunSummary> FindAsync(RunId runId, CancellationToken cancellationToken)
    {
        var id = runId.ToString();
        if (ended.TryGetValue(id, out var known))
        {
            return known;
        }

        if (await store.ReadJsonAsync<RunReport>(id, Artefacts.Report, cancellationToken) is not { } report)
        {
            return OfRequest(runId, await store.ReadJsonAsync<RunRequest>(id, Artefacts.Request, cancellationToken));
        }

        if (ended.Count >= MostKept)
        {
            ended.Clear();
        }

        return ended.GetOrAdd(id, OfReport(report));
    }

    private static RunSummary OfRequest(RunId runId, RunRequest? request) => new()
    {
        RunId = runId.ToString(),
        Sync = runId.Sync,
        Mode = request?.Mode,
        Trigger = request?.Trigger,
        By = request?.By,
    };

    private static RunSummary OfReport(RunReport report) => new()
    {
        RunId = report.RunId,
        Sync = report.Sync,
        Mode = report.Mode,
        Trigger = report.Trigger,
        Outcome = report.Outcome,
        Code = report.Error?.Code,
        StartedAt = report.StartedAt,
        EndedAt = report.EndedAt,
        By = report.By,
        EntriesWritten = report.Writes?.EntriesWritten ?? 0,
        Rejects = report.RejectsByCode.Values.Sum(),
    };
}
