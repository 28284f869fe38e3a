using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.References;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Activities;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>The steps of <see cref="SyncOrchestrator"/> and what is carried from one to the next. Deterministic: it awaits durable tasks only.</summary>
internal sealed partial class SyncRun
{
    /// <summary>A long grace is asked in longer steps, so that the history stays short.</summary>
    private const int MostLeasePolls = 30;

    private static readonly TimeSpan LongestLeasePoll = TimeSpan.FromMinutes(15);

    private readonly TaskOrchestrationContext context;
    private readonly SyncInput input;
    private readonly string runId;
    private readonly DateTimeOffset startedAt;
    private readonly Outages outages = new();
    private readonly StatusBoard board;
    private readonly RunWaits waits;

    private OpenedRun? opened;
    private BuiltPlan? plan;
    private GuardVerdict guards = new(0);
    private DateTimeOffset listReadAt;
    private int? userLimit;
    private CallWindow? minute;
    private int truncatedSets;
    private int readCalls;
    private int writeCalls;
    private TimeSpan leasePoll = TimeSpan.FromMinutes(1);
    private long leaseEpoch;
    private bool readFirst;
    private bool ignoresHold;
    private bool skipped;
    private bool applied;

    public SyncRun(TaskOrchestrationContext context, SyncInput input)
    {
        this.context = context;
        this.input = input;
        runId = context.InstanceId;
        startedAt = context.Now();
        board = new StatusBoard(context, new RunStatus { Phase = RunPhase.Opening });
        waits = new RunWaits(context, board, []);
    }

    /// <summary>Why the run ends, if it was cancelled.</summary>
    public RunError? Cancellation => waits.Cancellation;

    /// <summary>Whether anything is to be written: asked for, and no guard in the way, or one that an approval may set aside.</summary>
    public bool MayApply => IsToWrite && (guards.Breached == 0 || opened!.ApprovesBreaches);

    private bool IsToWrite => input.Mode == RunMode.Apply && !opened!.PlanOnly;

    /// <summary>Freezes the definition, checks it against the live list and takes the lease.</summary>
    public Task<RunError?> OpenAsync() => OpenAsync(nameof(OpenRun));

    private async Task<RunError?> OpenAsync(string activity)
    {
        board.Show(board.Now);
        RunError? error;
        do
        {
            opened = await CallAsync<OpenedRun>(activity, new OpenRunInput(runId, input));
            leaseEpoch = opened.LeaseEpoch;
            waits.ThrowIfCancelled();
            skipped = input.Trigger == RunTrigger.Schedule && opened.Error?.Code == DecisionErrors.Held.Id;
            readCalls += opened.Calls;
            minute = CallWindow.Merge(minute, opened.Window);
            error = opened.Error ?? await WaitUntilOpenAsync(opened);
        }
        while (error is null && !opened.IsOpen);
        return error;
    }

    /// <summary>Reads the list slice by slice.</summary>
    public async Task<RunError?> ReadListAsync()
    {
        board.Show(board.Now with { Phase = RunPhase.ReadingList });
        listReadAt = context.Now();
        ListSlice? slice = null;
        for (var number = 0; slice?.IsLast != true; number++)
        {
            slice = await StepAsync<ListSlice>(nameof(ReadListPages), new ReadListPagesInput(runId, number, slice?.NextUrl));
            minute = CallWindow.Merge(minute, slice.Window);
            if (await TakeAsync(slice.Calls, slice.Entries, slice.Wait, slice.Failure) is { } error)
            {
                return error;
            }

            userLimit = slice.UserLimit ?? userLimit;
            truncatedSets += slice.TruncatedSets;
            board.Show(board.Now with { Entries = board.Now.Entries + slice.Entries, Calls = readCalls });
        }

        return null;
    }

    /// <summary>Streams the sources at the same time, matches their rows and stages those that found an entry. Without one of them nothing is planned.</summary>
    public async Task<RunError?> ReadSourcesAsync()
    {
        board.Show(board.Now with { Phase = RunPhase.ReadingSource });
        var sources = await Task.WhenAll(opened!.Sources.Select(source => StepAsync<SourceRead>(nameof(ReadSource), new ReadSourceInput(runId, source, listReadAt))));
        board.Show(board.Now with { Records = sources.Sum(source => source.Records) });
        return sources.Select(source => source.Error).FirstOrDefault(error => error is not null);
    }

    /// <summary>Reads in full the sets that pages have cut off.</summary>
    public async Task<RunError?> ReadFullSetsAsync()
    {
        var read = 0;
        for (var number = 0; truncatedSets > 0; number++)
        {
            var slice = await StepAsync<FullSetSlice>(nameof(ReadFullSets), new ReadFullSetsInput(runId, number, read));
            read += slice.Sets;
            if (await TakeAsync(slice.Calls, slice.Sets, slice.Wait, slice.Failure) is { } error)
            {
                return error;
            }

            if (slice.Done)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Finds the persons and companies that rows name.</summary>
    public async Task<RunError?> ResolveReferencesAsync()
    {
        var answered = 0;
        for (var number = 0; opened!.ResolvesReferences; number++)
        {
            var slice = await StepAsync<ReferenceSlice>(nameof(ResolveReferences), new ResolveReferencesInput(runId, number, answered));
            minute = CallWindow.Merge(minute, slice.Window);
            answered += slice.Answers;
            if (await TakeAsync(slice.Calls, slice.Answers, slice.Wait, slice.Failure) is { } error)
            {
                return error;
            }

            if (slice.Done)
            {
                return null;
            }
        }

        return null;
    }

    public async Task PlanAsync()
    {
        board.Show(board.Now with { Phase = RunPhase.Planning });
        TakePlan(await StepAsync<BuiltPlan>(nameof(BuildPlan), new BuildPlanInput(runId, listReadAt, userLimit, IsToWrite)));
    }

    /// <summary>Asks who has changed the values on which source and people differ. What is not told stays unnamed.</summary>
    public async Task NameEditorsAsync()
    {
        var asked = 0;
        for (var isOver = plan!.HumanEdits == 0; !isOver;)
        {
            var slice = await StepAsync<EditorSlice>(nameof(NameEditors), new NameEditorsInput(runId, asked));
            asked += slice.Asked;
            isOver = await TakeAsync(slice.Calls, slice.Asked, slice.Wait, failure: null) is not null || slice.IsOver;
        }
    }

    public async Task CheckGuardsAsync()
    {
        board.Show(board.Now with { Phase = RunPhase.Guarding });
        guards = await StepAsync<GuardVerdict>(nameof(CheckGuards), new CheckGuardsInput(runId));
    }

    /// <summary>Writes the report and gives the lease back, however the run went.</summary>
    public async Task<RunResult> CloseAsync(RunError? error)
    {
        board.Show(board.Now with { Phase = RunPhase.Closing, WaitReason = null, WaitUntil = null });
        var ending = new RunEnding
        {
            RunId = runId,
            StartedAt = startedAt,
            Applied = applied,
            Skipped = skipped,
            PlanOnly = opened?.PlanOnly == true,
            Error = error,
            VerifyStop = verifyStop,
            Calls = new CallFigures(readCalls, writeCalls, verifyCalls),
            Waits = waits.Figures,
        };
        return await CallAsync<RunResult>(nameof(CloseRun), new CloseRunInput(ending, input, opened?.ListId, leaseEpoch));
    }

    /// <summary>A failed activity by name and kind of failure. Only a message of our own making is known to hold no content.</summary>
    public static RunError Describe(TaskFailedException failure)
    {
        var details = failure.FailureDetails;
        var kind = details.ErrorType == typeof(StepFailedException).FullName ? details.ErrorMessage : details.ErrorType;
        return Error(HostErrors.StepFailed, $"Step {failure.TaskName} failed ({kind}).");
    }

    private static RunError Error(ErrorCode code, string message) => new(code.Id, message, code.Cure);

    private Task<T> CallAsync<T>(string activity, object activityInput) =>
        context.CallActivityAsync<T>(activity, activityInput, Retries.Infrastructure);

    /// <summary>A step after which a cancelled run does not go on.</summary>
    /// <exception cref="RunCancelledException">The run was cancelled.</exception>
    private async Task<T> StepAsync<T>(string activity, object activityInput)
    {
        var result = await CallAsync<T>(activity, activityInput);
        waits.ThrowIfCancelled();
        return result;
    }

    /// <summary>Waits for calls or for the list; an error when waiting is hopeless or not wanted.</summary>
    private async Task<RunError?> WaitUntilOpenAsync(OpenedRun attempt)
    {
        if (attempt.Wait is not null)
        {
            return await WaitAsync(attempt.Wait);
        }

        return attempt.HeldBy is null ? null : await WaitForListAsync(attempt.HeldBy, input.GiveUpAt);
    }

    /// <summary>Waits a while for the run that holds the list; an error when that is not wanted, or has taken too long.</summary>
    private async Task<RunError?> WaitForListAsync(string heldBy, DateTimeOffset? until)
    {
        if (until is not { } giveUpAt || context.Now() + leasePoll > giveUpAt)
        {
            skipped = input.Trigger == RunTrigger.Schedule && !applied;
            return Error(HostErrors.ListBusy, $"Run {heldBy} holds the list.");
        }

        board.Show(board.Now with { Phase = RunPhase.WaitingForList });
        await waits.UntilAsync(context.Now() + leasePoll);
        waits.ThrowIfCancelled();
        leasePoll = Shorter(leasePoll * 2, Longer(LongestLeasePoll, (giveUpAt - startedAt) / MostLeasePolls));
        return null;
    }

    private async Task<RunError?> TakeAsync(int calls, int progress, Wait? wait, CallProblem? failure)
    {
        readCalls += calls;
        outages.Note(progress);
        return failure is not null ? new RunError(failure.Code, failure.Message, ErrorCodes.Get(failure.Code).Cure)
            : wait is not null ? await WaitAsync(wait)
            : null;
    }

    /// <summary>Waits on a durable timer; an error when waiting is hopeless.</summary>
    private async Task<RunError?> WaitAsync(Wait wait)
    {
        var now = context.Now();
        if (wait.Reason == WaitReason.MonthlyLimit)
        {
            return Error(AffinityErrors.MonthlyLimit, "The month's calls were spent before the plan was made.");
        }

        var until = outages.Until(minute?.Narrow(wait) ?? wait, now);
        if (until is null)
        {
            return Error(Outages.CodeOf(wait), "Waiting did not help: no call got through any more.");
        }

        await waits.ForCallsAsync(wait.Reason, until.Value);
        waits.ThrowIfCancelled();
        return null;
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
