using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using static AffinityDurable.Core.Explaining.Wording;

namespace AffinityDurable.Core.Explaining;

/// <summary>What became of a planned change.</summary>
/// <param name="Sentence">In words.</param>
/// <param name="Fate">Null where nothing was to be written.</param>
/// <param name="Call">The call that wrote it.</param>
/// <param name="Code">Error code, where one decided.</param>
internal sealed record Aftermath(string Sentence, ChangeFate? Fate = null, ExplainedCall? Call = null, string? Code = null)
{
    public static Aftermath NothingPlanned { get; } = new("There was nothing to write.");

    public static Aftermath Waiting(PlanApproval approval) =>
        new($"Not written so far: the plan has been waiting for an approval since {Time(approval.AskedAt)}, and does until {Time(approval.Until)}.");

    public static Aftermath Of(StoredRun run, PlannedField planned) => planned.Settled is { } settled ? Settled(run, planned, settled) : Open(run);

    private static Aftermath Settled(StoredRun run, PlannedField planned, SettledField settled)
    {
        var line = settled.Line;
        var at = line.At is { } time ? $" at {Time(time)}" : "";
        return line.Kind switch
        {
            JournalKind.Drift => new($"Not written: when the entry was read again{at}, the value was neither the planned one nor the one before it. Somebody had changed it, and was not overwritten.", ChangeFate.Drifted),
            JournalKind.Refused => new($"Affinity refused it{at}: {line.Code} {Full(line.Reason ?? "")}", ChangeFate.Refused, Code: line.Code),
            _ when line.Found => new($"Affinity showed the new value already when attempt {settled.Attempt} at the batch read the entry{at}: nothing had to be sent.", ChangeFate.Written),
            _ => Written(run, planned, settled, at),
        };
    }

    private static Aftermath Written(StoredRun run, PlannedField planned, SettledField settled, string at)
    {
        var target = settled.Line.FollowedTo ?? planned.Entry.EntryId;
        var path = FormattableString.Invariant($"/v2/lists/{run.Sync!.List.Id}/list-entries/{target}/fields");
        var call = settled.Line.At is { } time ? new ExplainedCall("PATCH", path, time, planned.Batch + 1, settled.Attempt) : null;
        var merged = settled.Line.FollowedTo is null ? "" : $" The company had been merged into another: its value went to entry {target}.";
        return new($"Written: PATCH {path} was acknowledged{at}, batch {planned.Batch + 1} of {run.Plan!.Batches}, attempt {settled.Attempt}.{merged}", ChangeFate.Written, call);
    }

    private static Aftermath Open(StoredRun run) => run switch
    {
        { Report: null } => new("Not written so far: the run has not ended."),
        { Report.Writes: not null } => new($"Not written: left for a later run.{(run.Ended is { } why ? $" {Full(why)}" : "")}", ChangeFate.Deferred, Code: run.Report.Error?.Code),
        { Ended: { } why } => new($"Nothing was written: {Full(why)}", Code: run.Report.Error!.Code),
        { Mode: not RunMode.Apply } => new("Nothing was written: the run was to plan only."),
        _ => new($"Nothing was written: the run ended {run.Report.Outcome}."),
    };
}
