using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Work;

/// <summary>What the end of a run means for the work that it had taken on.</summary>
/// <param name="IsSettled">It is done, or somebody has decided that it is not.</param>
/// <param name="Counts">It counts as an attempt that came to nothing.</param>
/// <param name="IsHopeless">Another attempt would come to nothing as well.</param>
/// <param name="Delay">When another attempt may be made, where it is not for the number of attempts to say.</param>
internal sealed record WorkVerdict(bool IsSettled = false, bool Counts = false, bool IsHopeless = false, TimeSpan Delay = default)
{
    /// <summary>Attempts before an item is given up.</summary>
    public const int MostAttempts = 5;

    private static readonly TimeSpan[] Delays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>The month's calls come back at its end; looking for them now and then costs one call.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(6);

    /// <param name="report">The report; null for a run that ended without one.</param>
    public static WorkVerdict Of(RunReport? report) => report switch
    {
        null => new(Counts: true),
        _ when IsFor(report, AffinityErrors.MonthlyLimit) => new(Delay: Later),
        _ when IsFor(report, HostErrors.ListBusy, DecisionErrors.Held, DecisionErrors.PlanOnly, DecisionErrors.Superseded) => new(Delay: Soon),
        _ when IsFor(report, DecisionErrors.Declined) => new(IsSettled: true),
        _ when IsFor(report, DecisionErrors.ApprovalTimedOut) => new(Counts: true, IsHopeless: true),
        { Outcome: RunOutcome.Failed or RunOutcome.Blocked } => new(Counts: true),
        _ => new(IsSettled: true),
    };

    /// <summary>What it means that items could not be judged: a limit is waited out, a failure counts.</summary>
    public static WorkVerdict Of(WorkJudgement judged, DateTimeOffset now)
    {
        if (judged.Wait is not { } wait)
        {
            return new(Counts: true);
        }

        var left = wait.Until - now;
        return new(Delay: left < Shortest ? Shortest : left < Later ? left : Later);
    }

    /// <summary>How long to wait after so many attempts.</summary>
    public static TimeSpan DelayAfter(int attempts) => Delays[Math.Clamp(attempts, 1, Delays.Length) - 1];

    private static bool IsFor(RunReport report, params IEnumerable<ErrorCode> codes) => codes.Any(code => code.Id == report.Error?.Code);
}
