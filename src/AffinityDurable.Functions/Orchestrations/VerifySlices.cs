using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Activities;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>The slices of one generation of <see cref="VerifyOrchestrator"/>. Deterministic: it awaits durable tasks only.</summary>
internal sealed class VerifySlices(TaskOrchestrationContext context, VerifyInput input)
{
    /// <summary>Slices and timers of one generation: some two hundred history events.</summary>
    private const int StepsPerGeneration = 60;

    private readonly Outages outages = new(input.Outages);
    private IReadOnlyList<WaitFigures> waits = input.Waits;
    private RunStatus status = input.Status;
    private ValuesCursor? from = input.From;
    private CallWindow? minute = input.Window;
    private Wait? wait;
    private RunError? error;
    private bool isDone;
    private int slice = input.Slice;
    private int calls = input.Calls;
    private int steps;

    /// <summary>Nothing may or need be read in this generation.</summary>
    public bool IsOver => !HasMore || steps >= StepsPerGeneration;

    /// <summary>Something is left, and nothing stands against it.</summary>
    public bool HasMore => !isDone && error is null;

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
            await SleepAsync(wait.Reason, now, until);
        }

        wait = null;
    }

    public VerifyInput NextGeneration() => input with
    {
        Slice = slice,
        From = from,
        Outages = outages.SinceProgress,
        Calls = calls,
        Waits = waits,
        Window = minute,
        Status = status,
    };

    public VerifyResult Result() => new(calls, waits, error, minute);

    private void Take(ValuesSlice read)
    {
        from = read.Next;
        isDone = read.IsLast;
        wait = read.Wait;
        calls += read.Calls;
        minute = CallWindow.Merge(minute, read.Window);
        outages.Note(read.Progress);
        error = read.Failure is { } failure ? new RunError(failure.Code, failure.Message, ErrorCodes.Get(failure.Code).Cure) : null;
        SetStatus(status with { VerifiedEntries = status.VerifiedEntries + read.Entries, Calls = status.Calls + read.Calls });
    }

    private async Task SleepAsync(WaitReason reason, DateTimeOffset now, DateTimeOffset until)
    {
        steps++;
        SetStatus(status with { WaitReason = reason.ToString(), WaitUntil = until });
        await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
        SetStatus(status with { WaitReason = null, WaitUntil = null });
        waits = WaitFigures.Add(waits, reason, until - now);
    }

    private void SetStatus(RunStatus changed)
    {
        status = changed;
        context.SetCustomStatus(status);
    }
}
