using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Activities;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>The slices of one generation of <see cref="VerifyOrchestrator"/>. Deterministic: it awaits durable tasks only.</summary>
internal sealed class VerifySlices
{
    /// <summary>Slices and timers of one generation: some two hundred history events.</summary>
    private const int StepsPerGeneration = 60;

    private readonly TaskOrchestrationContext context;
    private readonly VerifyInput input;
    private readonly Outages outages;
    private readonly StatusBoard board;
    private readonly RunWaits waits;
    private ValuesCursor? from;
    private CallWindow? minute;
    private Wait? wait;
    private RunError? error;
    private bool isDone;
    private int slice;
    private int calls;
    private int steps;

    public VerifySlices(TaskOrchestrationContext context, VerifyInput input)
    {
        this.context = context;
        this.input = input;
        outages = new Outages(input.Outages);
        board = new StatusBoard(context, input.Status);
        waits = new RunWaits(context, board, input.Waits);
        from = input.From;
        minute = input.Window;
        slice = input.Slice;
        calls = input.Calls;
    }

    /// <summary>Nothing may or need be read in this generation.</summary>
    public bool IsOver => !HasMore || steps >= StepsPerGeneration;

    /// <summary>Something is left, and nothing stands against it.</summary>
    public bool HasMore => !isDone && Stop is null;

    /// <summary>Why the rest is left unread.</summary>
    private RunError? Stop => error ?? waits.Cancellation;

    /// <summary>Reads the next slice.</summary>
    public async Task ReadAsync()
    {
        steps++;
        var order = new VerifyWritesInput(input.RunId, input.Part, input.Batches, input.Untouched, slice++, from);
        try
        {
            Take(await context.CallActivityAsync<ValuesSlice>(nameof(VerifyWrites), order, Retries.Infrastructure));
        }
        catch (TaskFailedException failure)
        {
            error = SyncRun.Describe(failure);
        }
    }

    /// <summary>Waits until calls pass again.</summary>
    public async Task WaitOutAsync()
    {
        if (wait is null || !HasMore)
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

    public VerifyInput NextGeneration() => input with
    {
        Slice = slice,
        From = from,
        Outages = outages.SinceProgress,
        Calls = calls,
        Waits = waits.Figures,
        Window = minute,
        Status = board.Now,
    };

    public VerifyResult Result() => new(calls, waits.Figures, Stop, minute);

    private void Take(ValuesSlice read)
    {
        from = read.Next;
        isDone = read.IsLast;
        wait = read.Wait;
        calls += read.Calls;
        minute = CallWindow.Merge(minute, read.Window);
        outages.Note(read.Progress);
        error = read.Failure is { } failure ? new RunError(failure.Code, failure.Message, ErrorCodes.Get(failure.Code).Cure) : null;
        board.Show(board.Now with { VerifiedEntries = board.Now.VerifiedEntries + read.Entries, Calls = board.Now.Calls + read.Calls });
    }
}
