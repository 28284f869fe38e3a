using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>Plans that earlier runs have stored.</summary>
public sealed class StoredPlans(IRunStore store)
{
    /// <summary>Artefacts that say what a run did, not what it planned.</summary>
    private static readonly string[] OfTheRun =
        [Artefacts.Request, Artefacts.Report, Artefacts.Error, Artefacts.Approval, Artefacts.LastWritten, Artefacts.RejectsCsv];

    /// <summary>Why the plan of a run cannot be written; null when it can.</summary>
    public async Task<Problem?> ProblemAsync(string runId, CancellationToken cancellationToken)
    {
        var report = await store.ReadJsonAsync<RunReport>(runId, Artefacts.Report, cancellationToken);
        var because = report switch
        {
            null => "it has not ended, or is not known here",
            { Plan: null } => "it ended before it had a plan",
            { Writes: not null } => "it has been written",
            _ => null,
        };
        because ??= await BlockedByAsync(runId, report!, cancellationToken);
        return because is null ? null : Problem.Of(DecisionErrors.PlanNotApplicable, $"The plan of run {runId} cannot be written: {because}.");
    }

    /// <summary>Takes the plan of a run over into another, byte by byte.</summary>
    public async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await foreach (var name in store.ListAsync(from, "", cancellationToken))
        {
            if (!OfTheRun.Contains(name) && !name.StartsWith(Artefacts.JournalPrefix, StringComparison.Ordinal))
            {
                await using var artefact = await store.OpenReadAsync(from, name, cancellationToken);
                await store.WriteAsync(to, name, (stream, token) => artefact!.CopyToAsync(stream, token), cancellationToken);
            }
        }
    }

    private async Task<string?> BlockedByAsync(string runId, RunReport report, CancellationToken cancellationToken)
    {
        var sync = await store.RequireJsonAsync<ResolvedSync>(runId, Artefacts.ResolvedSync, cancellationToken);
        var breach = report.Guards.FirstOrDefault(guard => guard.Breached);
        return breach is not null && sync.Definition.Approval != ApprovalRule.OnGuardBreach
            ? $"a guard blocks it ({breach.Rule})"
            : await PlanHash.FitsAsync(store, runId, report.Plan!, cancellationToken) ? null : "its batches are not those that its hash names";
    }
}
