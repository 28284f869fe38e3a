using System.Diagnostics.Metrics;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Telemetry;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>What is told of runs, and of syncs when nothing runs. A step that is repeated after a crash may tell twice.</summary>
public static class RunSignals
{
    private static readonly Counter<long> Runs = Signals.Metrics.CreateCounter<long>("affinity.runs", "{run}", "Runs that have ended.");

    private static readonly Histogram<double> Duration =
        Signals.Metrics.CreateHistogram<double>("affinity.run.duration", "s", "From the start of a run to its end, waits included.");

    private static readonly Counter<long> Entries = Signals.Metrics.CreateCounter<long>("affinity.entries_written", "{entry}", "List entries written.");

    private static readonly Counter<long> Fields = Signals.Metrics.CreateCounter<long>("affinity.fields_written", "{field}", "Fields written.");

    private static readonly Counter<long> Rejects = Signals.Metrics.CreateCounter<long>("affinity.rejects", "{reject}", "Rows and values that were not written, by code.");

    private static readonly Counter<long> Waits = Signals.Metrics.CreateCounter<long>("affinity.waits", "{wait}", "Waits for calls, by reason.");

    private static readonly Counter<double> WaitSeconds = Signals.Metrics.CreateCounter<double>("affinity.wait_seconds", "s", "Time spent waiting for calls, by reason.");

    private static readonly Gauge<double> HoursSinceGoodRun = Signals.Metrics.CreateGauge<double>(
        "affinity.hours_since_good_run", "h", "Since the last good run of the whole sync began; since the sync was seen first, while there is none.");

    private static readonly Gauge<double> HoursOverdue = Signals.Metrics.CreateGauge<double>(
        "affinity.hours_overdue", "h", "Since the schedule asked first for a run that has not come to a good end; 0 while it does not, none while the sync is held or only plans.");

    private static readonly Counter<long> Missed =
        Signals.Metrics.CreateCounter<long>("affinity.occurrences_missed", "{occurrence}", "Occurrences of schedules that came to no run, by code.");

    private static readonly Gauge<long> WorkGivenUp = Signals.Metrics.CreateGauge<long>("affinity.work_given_up", "{item}", "Items of pending work that are given up.");

    private static readonly Gauge<long> DefinitionProblems =
        Signals.Metrics.CreateGauge<long>("affinity.definition_problems", "{problem}", "Problems that keep a sync from being scheduled.");

    private static readonly Gauge<long> Syncs = Signals.Metrics.CreateGauge<long>("affinity.syncs", "{sync}", "Syncs that are defined. Told at every tick: that it is told at all shows that the host is up.");

    private static readonly Gauge<long> ApprovalsWaiting = Signals.Metrics.CreateGauge<long>("affinity.approvals_waiting", "{plan}", "Plans that wait for an approval.");

    internal static void Ended(RunReport report)
    {
        KeyValuePair<string, object?> sync = new(Signals.Sync, report.Sync);
        KeyValuePair<string, object?> outcome = new(Signals.Outcome, report.Outcome.ToString());
        Runs.Add(1, sync, outcome);
        Duration.Record((report.EndedAt - report.StartedAt).TotalSeconds, sync, outcome);
        Entries.Add(report.Writes?.EntriesWritten ?? 0, sync);
        Fields.Add(report.Writes?.FieldsWritten ?? 0, sync);
        foreach (var (code, count) in report.RejectsByCode)
        {
            Rejects.Add(count, sync, new(Signals.Code, code));
        }

        foreach (var wait in report.Waits)
        {
            Waits.Add(wait.Count, sync, new(Signals.Reason, wait.Reason.ToString()));
            WaitSeconds.Add(wait.Total.TotalSeconds, sync, new(Signals.Reason, wait.Reason.ToString()));
        }
    }

    internal static void MissedOccurrence(string sync, string code) => Missed.Add(1, new(Signals.Sync, sync), new(Signals.Code, code));

    internal static void Defined(int syncs) => Syncs.Record(syncs);

    internal static void Vitals(string sync, SyncVitals vitals)
    {
        KeyValuePair<string, object?> tag = new(Signals.Sync, sync);
        if (vitals.SinceGoodRun is { } since)
        {
            HoursSinceGoodRun.Record(since.TotalHours, tag);
        }

        if (vitals.Overdue is { } overdue)
        {
            HoursOverdue.Record(overdue.TotalHours, tag);
        }

        ApprovalsWaiting.Record(vitals.ApprovalsWaiting, tag);
        WorkGivenUp.Record(vitals.WorkGivenUp, tag);
        DefinitionProblems.Record(vitals.DefinitionProblems, tag);
    }
}

/// <summary>How a sync is.</summary>
/// <param name="SinceGoodRun">Since the last good run began; null for a sync that nobody has looked at yet.</param>
/// <param name="Overdue">For how long its schedule waits for a good run; zero while it does not, null while none is asked for.</param>
/// <param name="ApprovalsWaiting">Plans that wait for an approval.</param>
internal sealed record SyncVitals(TimeSpan? SinceGoodRun, TimeSpan? Overdue, int ApprovalsWaiting)
{
    /// <summary>Items of pending work that are given up.</summary>
    public int WorkGivenUp { get; init; }

    /// <summary>What keeps the sync from being scheduled.</summary>
    public int DefinitionProblems { get; init; }
}
