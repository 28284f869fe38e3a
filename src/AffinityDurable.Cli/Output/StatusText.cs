using System.Globalization;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Cli.Output;

/// <summary>Where a run stands, in words.</summary>
internal static class StatusText
{
    public static string Of(RunStatus status, DateTimeOffset now) =>
        status is { Phase: RunPhase.WaitingForApproval, WaitUntil: { } end } ? $"{status.Phase} until {end:u}"
        : status.WaitUntil is { } until ? $"{status.Phase}: {Waiting(status.WaitReason, until, now)}" : $"{status.Phase}{Figures(status)}";

    /// <summary>Such as <c>minute limit: going on in 42 s</c>.</summary>
    public static string Waiting(string? reason, DateTimeOffset until, DateTimeOffset now)
    {
        var seconds = Math.Max(0, (int)Math.Ceiling((until - now).TotalSeconds));
        var left = seconds < 120 ? $"{seconds} s" : $"{seconds / 60} min {seconds % 60} s";
        return $"{ReasonOf(reason)}: going on in {left}";
    }

    public static string ReasonOf(string? reason) => reason switch
    {
        nameof(WaitReason.MinuteLimit) => "minute limit",
        nameof(WaitReason.MonthlyLimit) => "monthly limit",
        nameof(WaitReason.Concurrency) => "too many calls at once",
        nameof(WaitReason.Outage) => "Affinity gives no usable answer",
        _ => reason ?? "waiting",
    };

    private static string Figures(RunStatus status) => status.Phase switch
    {
        RunPhase.ReadingAgain when status.Entries > 0 => Invariant($", {status.Entries:N0} entries"),
        RunPhase.ReadingList when status.Entries > 0 => Invariant($", {status.Entries:N0} entries"),
        RunPhase.ReadingSource => Invariant($" for {status.Entries:N0} entries"),
        RunPhase.Planning => Invariant($", {status.Records:N0} records"),
        RunPhase.Guarding => Invariant($", {status.PlannedEntries:N0} entries to change"),
        RunPhase.Verifying or RunPhase.VerifyingCanary => Invariant($", {status.VerifiedEntries:N0} entries, {status.Calls:N0} calls"),
        RunPhase.Applying or RunPhase.ApplyingCanary => Invariant($", {status.SettledEntries:N0} of {status.PlannedEntries:N0} entries, {status.Calls:N0} calls"),
        _ => "",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
