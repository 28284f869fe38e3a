using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>
/// How long to wait, and when waiting has become hopeless. Without progress in between: an outage or too many calls at once is
/// waited out 10 s, doubling, six times; a minute limit that never leaves a call to us, thirty times.
/// </summary>
internal sealed class Outages(int sinceProgress = 0)
{
    private const int MostOutages = 6;
    private const int MostMinutes = 30;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Waits in a row without progress.</summary>
    public int SinceProgress { get; private set; } = sinceProgress;

    public void Note(int progress)
    {
        if (progress > 0)
        {
            SinceProgress = 0;
        }
    }

    /// <summary>What becomes of a wait while the run is at work on the list: until when to sleep, or why there is no use in it.</summary>
    /// <param name="wait">What the API asks for.</param>
    /// <param name="minute">Bounds of the end of the minute window, where seen.</param>
    /// <param name="now">The durable clock.</param>
    public (DateTimeOffset Until, RunError? Error) Answer(Wait wait, CallWindow? minute, DateTimeOffset now)
    {
        if (wait.Reason == WaitReason.MonthlyLimit)
        {
            return (now, Error(AffinityErrors.MonthlyLimit, "The month's calls are spent."));
        }

        return Until(minute?.Narrow(wait) ?? wait, now) is { } until
            ? (until, null)
            : (now, Error(CodeOf(wait), "Waiting did not help: no call got through any more."));
    }

    /// <summary>Until when to wait; null when there were too many in a row.</summary>
    public DateTimeOffset? Until(Wait wait, DateTimeOffset now)
    {
        var most = wait.Reason == WaitReason.MinuteLimit ? MostMinutes : MostOutages;
        if (SinceProgress >= most)
        {
            return null;
        }

        var turn = SinceProgress++;
        return wait.Reason == WaitReason.MinuteLimit || (wait.Reason == WaitReason.Concurrency && turn == 0)
            ? wait.Until
            : now + (First * (1 << Math.Min(turn, MostOutages)));
    }

    /// <summary>What to say when waiting has become hopeless.</summary>
    public static ErrorCode CodeOf(Wait wait) => wait.Reason switch
    {
        WaitReason.MinuteLimit => AffinityErrors.MinuteLimit,
        WaitReason.Concurrency => AffinityErrors.ConcurrencyLimit,
        _ => AffinityErrors.Unavailable,
    };

    private static RunError Error(ErrorCode code, string message) => new(code.Id, message, code.Cure);
}
