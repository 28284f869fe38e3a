using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Activities;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>The batches in flight in one generation of <see cref="ApplyOrchestrator"/>. Deterministic: it awaits durable tasks only.</summary>
internal sealed class ApplyWindow
{
    /// <summary>Activities and timers of one generation: a few hundred history events.</summary>
    private const int StepsPerGeneration = 90;

    private readonly TaskOrchestrationContext context;
    private readonly ApplyInput input;
    private readonly Queue<int> unfinished;
    private readonly List<Task<BatchOutcome>> inFlight = [];
    private readonly Outages outages;
    private readonly StatusBoard board;
    private readonly RunWaits waits;
    private Wait? wait;
    private CallWindow? minute;
    private RunError? error;
    private int next;
    private int steps;
    private int calls;

    public ApplyWindow(TaskOrchestrationContext context, ApplyInput input)
    {
        this.context = context;
        this.input = input;
        unfinished = new Queue<int>(input.Unfinished);
        outages = new Outages(input.Outages);
        board = new StatusBoard(context, input.Status);
        waits = new RunWaits(context, board, input.Waits);
        minute = input.Window;
        next = input.Next;
        calls = input.Calls;
    }

    /// <summary>Nothing is in flight, and nothing may or need be started in this generation.</summary>
    public bool IsOver => inFlight.Count == 0 && (Stop is not null || !HasMore || steps >= StepsPerGeneration);

    /// <summary>Batches are left, and nothing stands against them.</summary>
    public bool HasMore => Stop is null && (unfinished.Count > 0 || next < input.Batches);

    /// <summary>Why the rest is left.</summary>
    private RunError? Stop => error ?? waits.Cancellation;

    /// <summary>Fills the free lanes.</summary>
    public void Dispatch()
    {
        while (wait is null && HasMore && inFlight.Count < input.Lanes && steps < StepsPerGeneration)
        {
            var batch = unfinished.TryDequeue(out var again) ? again : next++;
            var order = new ApplyBatchInput(input.RunId, batch, input.ReadAt, input.ReadFirst, input.LeaseEpoch) { IgnoresHold = input.IgnoresHold };
            inFlight.Add(context.CallActivityAsync<BatchOutcome>(nameof(ApplyBatch), order, Retries.Infrastructure));
            steps++;
        }
    }

    /// <summary>Takes in the next batch that comes home.</summary>
    public async Task ReceiveAsync()
    {
        if (inFlight.Count == 0)
        {
            return;
        }

        var home = await Task.WhenAny(inFlight);
        inFlight.Remove(home);
        try
        {
            Take(await home);
        }
        catch (TaskFailedException failure)
        {
            error ??= SyncRun.Describe(failure);
        }
    }

    /// <summary>Once all lanes are home, waits until calls pass again.</summary>
    public async Task WaitOutAsync()
    {
        if (wait is null || inFlight.Count > 0 || Stop is not null)
        {
            return;
        }

        var now = context.Now();
        (var until, error) = outages.Answer(wait, minute, now);
        if (error is null && until > now)
        {
            steps++;
            await waits.ForCallsAsync(wait.Reason, until);
        }

        wait = null;
    }

    public ApplyInput NextGeneration() => input with
    {
        Next = next,
        Unfinished = [.. unfinished],
        Outages = outages.SinceProgress,
        Calls = calls,
        Waits = waits.Figures,
        Window = minute,
        Status = board.Now,
    };

    public ApplyResult Result() => new(calls, waits.Figures, board.Now.SettledEntries, Stop);

    private void Take(BatchOutcome outcome)
    {
        calls += outcome.Calls;
        outages.Note(outcome.Settled);
        if (outcome.Stop is { } stop)
        {
            error ??= Error(ErrorCodes.Get(stop), ErrorCodes.Get(stop).Title + ".");
        }
        else if (outcome.Remaining > 0)
        {
            unfinished.Enqueue(outcome.Batch);
        }

        wait = Wait.Combine(wait, outcome.Wait);
        minute = CallWindow.Merge(minute, outcome.Window);
        board.Show(board.Now with { SettledEntries = board.Now.SettledEntries + outcome.Settled, Calls = board.Now.Calls + outcome.Calls });
    }

    private static RunError Error(ErrorCode code, string message) => new(code.Id, message, code.Cure);
}
