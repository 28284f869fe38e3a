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

    internal static void Vitals(string sync, double? hoursSinceGoodRun, int approvalsWaiting)
    {
        KeyValuePair<string, object?> tag = new(Signals.Sync, sync);
        if (hoursSinceGoodRun is { } hours)
        {
            HoursSinceGoodRun.Record(hours, tag);
        }

        ApprovalsWaiting.Record(approvalsWaiting, tag);
    }
}
