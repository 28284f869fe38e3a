using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.LocalHost;

namespace AffinityDurable.Cli.Hosting;

/// <summary>A run that a host goes on with as soon as it starts on the state directory.</summary>
internal sealed record UnfinishedRun(string RunId, RunRequest Request)
{
    /// <summary>Those of a history, looked up before a host is started: afterwards they write already.</summary>
    /// <param name="hostDirectory">Where the host keeps its history; held by no host.</param>
    /// <param name="store">What the runs were asked for.</param>
    /// <param name="approvals">Which of them wait for an approval; those are left out.</param>
    /// <param name="mode">The mode of runs whose request was not stored: those of a schedule, interrupted before their first step.</param>
    public static async Task<IReadOnlyList<UnfinishedRun>> ReadAsync(string hostDirectory, IRunStore store, ApprovalBook approvals, RunMode mode, CancellationToken cancellationToken)
    {
        var runs = new List<UnfinishedRun>();
        foreach (var id in RunOrchestrators.All.SelectMany(name => StateDirectoryHistory.Unfinished(hostDirectory, name)))
        {
            if (await approvals.FindAsync(id, cancellationToken) is { Answer: null })
            {
                // It waits for somebody's word: no command is needed for it to go on.
                continue;
            }

            var stored = await store.ReadJsonAsync<RunRequest>(id, Artefacts.Request, cancellationToken);
            runs.Add(new UnfinishedRun(id, stored ?? new RunRequest { Sync = Core.Runs.RunId.Parse(id, null).Sync, Mode = mode, Trigger = RunTrigger.Schedule }));
        }

        return runs;
    }

    /// <summary>Whether asking for this is asking for the run to go on.</summary>
    public bool Answers(RunRequest request) => IsOfSameSync(request) && RunScope.IsSame(Request, request);

    /// <summary>Refuses to go on silently with something else than is asked for.</summary>
    /// <exception cref="ProblemException">A run of the sync was asked for another scope (AFF732).</exception>
    public static void EnsureNoneDiffers(IReadOnlyList<UnfinishedRun> unfinished, RunRequest request)
    {
        if (!unfinished.Any(run => run.Answers(request)) && unfinished.FirstOrDefault(run => run.IsOfSameSync(request)) is { } other)
        {
            throw new ProblemException(Problem.Of(
                HostErrors.InterruptedRunDiffers,
                $"Run {other.RunId} was interrupted; it was asked for {RunScope.InWords(other.Request)}, this command is for {RunScope.InWords(request)}. Nothing was started.",
                $"Finish it first with `{RunScope.Command(other.Request)}`, or use another directory with --state."));
        }
    }

    private bool IsOfSameSync(RunRequest request) => Request.Sync == request.Sync && Request.Mode == request.Mode;
}
