using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.History;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Triggers.Timers;

/// <summary>One timer function: waits for the next occurrence, runs, notes it. Runs never overlap.</summary>
internal sealed partial class TimerFunction(
    FunctionCatalog catalog,
    FunctionMethod function,
    TimerSchedule schedule,
    DurableEngine engine,
    DueTimes due,
    TimeProvider clock,
    ILogger<TimerFunction> logger,
    CancellationToken cancelled)
{
    private readonly TimerTriggerAttribute trigger = (TimerTriggerAttribute)function.Trigger.Attribute;
    private TimerTriggerStatus? status;

    /// <summary>The run under way, or one that ended.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public async Task StartAsync()
    {
        var now = clock.GetUtcNow();
        status = trigger.UseMonitor ? engine.Reader.FindTimerTrigger(function.Name) : null;
        if (status is not null && HasScheduleChanged(status))
        {
            status = null;
        }

        if (status is { } stored && stored.Next <= now)
        {
            Begin(stored.Next, isPastDue: true);
        }
        else if (trigger.RunOnStartup)
        {
            Begin(now, isPastDue: false);
        }
        else
        {
            await WaitForNextAsync(status?.Last, now).ConfigureAwait(false);
        }
    }

    private bool HasScheduleChanged(TimerTriggerStatus stored) => schedule.Next(stored.Last ?? stored.UpdatedAt) != stored.Next;

    private void Begin(DateTimeOffset occurrence, bool isPastDue)
    {
        engine.Work.Begin();
        Running = Task.Run(() => RunAsync(occurrence, isPastDue), CancellationToken.None);
    }

    private async Task RunAsync(DateTimeOffset occurrence, bool isPastDue)
    {
        try
        {
            var timer = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = ToPublic(status) };
            await catalog.InvokeAsync(function, timer, payload: null, cancelled).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogFailed(exception, function.Name);
        }

        try
        {
            if (!cancelled.IsCancellationRequested)
            {
                await WaitForNextAsync(occurrence, clock.GetUtcNow()).ConfigureAwait(false);
            }
        }
        catch (StoreFailedException)
        {
            // The writer has reported it and the host stops.
        }
        finally
        {
            engine.Work.End();
        }
    }

    private async Task WaitForNextAsync(DateTimeOffset? last, DateTimeOffset now)
    {
        if (schedule.Next(last is { } ran && ran > now ? ran : now) is not { } next)
        {
            LogNeverAgain(function.Name);
            return;
        }

        status = new TimerTriggerStatus(last, next, now);
        if (trigger.UseMonitor)
        {
            await engine.WriteAsync(new TimerTriggerWrite(function.Name, status)).ConfigureAwait(false);
        }

        due.Add(next, () => Begin(next, isPastDue: false), isStale: static () => false);
    }

    private static ScheduleStatus? ToPublic(TimerTriggerStatus? status) => status is null ? null : new ScheduleStatus
    {
        Last = status.Last?.UtcDateTime ?? default,
        Next = status.Next.UtcDateTime,
        LastUpdated = status.UpdatedAt.UtcDateTime,
    };

    [LoggerMessage(301, LogLevel.Error, "Timer function {Function} failed; it runs again at its next occurrence.")]
    private partial void LogFailed(Exception exception, string function);

    [LoggerMessage(302, LogLevel.Warning, "Timer function {Function} has no further occurrence.")]
    private partial void LogNeverAgain(string function);
}
