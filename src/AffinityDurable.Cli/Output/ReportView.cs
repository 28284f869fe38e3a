using System.Globalization;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Storage;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints the report of a run for people.</summary>
internal sealed class ReportView(Terminal terminal)
{
    private const int RejectsShownPerCode = 10;
    private const int VersionShown = 20;

    public void Write(RunReport report, IReadOnlyList<Reject> rejects)
    {
        WriteHead(report);
        WriteDecisions(report);
        WriteRecords(report);
        WriteVerification(report);
        WriteFields(report);
        WriteGuards(report);
        HealthTable.Write(terminal, report.Health);
        ConflictTable.Write(terminal, report);
        WriteRejects(rejects);
        WriteCalls(report);
        foreach (var note in report.Notes)
        {
            terminal.Line($"Note: {note}");
        }
    }

    /// <summary>Where the files of a run are.</summary>
    public void WriteFiles(IRunStore store, string runId)
    {
        terminal.Line("Files:");
        foreach (var name in (string[])[Artefacts.Report, Artefacts.RejectsCsv, Artefacts.BeforeCsv])
        {
            terminal.Line($"  {store.PlaceOf(runId, name)}");
        }

        terminal.Line($"  Large ones are compressed; `affinity-durable runs {runId} --print {Artefacts.RejectsCsv}` shows one as it is.");
    }

    private void WriteHead(RunReport report)
    {
        var mode = report.Undoes is not null ? "undo" : report.Mode == RunMode.Plan ? "plan" : "run";
        var list = report.ListId is null ? "" : $", list {report.ListId} \"{report.ListName}\"";
        terminal.Line();
        terminal.Line($"{report.Outcome}: {mode} {report.RunId}{list}");
        terminal.Line($"Started {Time(report.StartedAt)}, took {Duration(report.EndedAt - report.StartedAt)}{Version(report.DefinitionETag)}.");
        if (report.Error is { } error)
        {
            terminal.Line($"{error.Code} {error.Message}");
            terminal.Line($"    {error.Cure}");
        }
    }

    private void WriteDecisions(RunReport report)
    {
        if (report.PlanOf is { } planOf)
        {
            terminal.Line($"Written is the plan of run {planOf}.");
        }

        if (report.Undoes is { } undone)
        {
            terminal.Line($"Takes back what run {undone} has written.");
        }

        if (report.Approval?.Answer is { } answer)
        {
            terminal.Line($"{answer.Verdict} by {answer.By} at {answer.At:u}{(answer.Comment is null ? "" : $": {answer.Comment}")}");
        }

        if (report.Adopted is { } adopted)
        {
            terminal.Line($"Adopted: {Tables.Number(adopted.Fields)} values of {Tables.Number(adopted.Entries)} entries count as written by the sync from now on.");
        }
    }

    private void WriteRecords(RunReport report)
    {
        if (report.Records is not { } records)
        {
            return;
        }

        terminal.Line();
        var several = report.Plan is { Sources.Count: > 1 };
        terminal.Line(several ? "Records of the sources" : "Records of the source");
        if (several)
        {
            SourceTable.Write(terminal, report.Plan!.Sources);
        }

        Tables.Write(
            terminal,
            ["#read", "#malformed", "#unmatched", "#out of scope", .. records.Superseded > 0 ? ["#superseded"] : Array.Empty<string>(), "#rejected", "#unchanged", "#applied", "#drifted", report.Mode == RunMode.Plan ? "#to apply" : "#deferred"],
            [[.. ((long[])[records.Read, records.Malformed, records.Unmatched, records.OutOfScope, .. records.Superseded > 0 ? [records.Superseded] : Array.Empty<long>(), records.Rejected, records.Unchanged, records.Applied, records.Drifted, records.Deferred]).Select(Tables.Number)]]);
        if (report.Writes is { } writes)
        {
            terminal.Line(
                $"Written: {Tables.Number(writes.FieldsWritten)} fields of {Tables.Number(writes.EntriesWritten)} entries; drifted {Tables.Number(writes.FieldsDrifted)}, refused {Tables.Number(writes.FieldsRefused)}, deferred {Tables.Number(writes.FieldsDeferred)} fields.");
        }
    }

    private void WriteVerification(RunReport report)
    {
        if (report.Verification is { } verification)
        {
            terminal.Line(
                $"Read back: {Tables.Number(verification.Verified)} fields as written; otherwise {Tables.Number(verification.Mismatched)}, not readable {Tables.Number(verification.Unverified)} fields.");
        }
    }

    private void WriteFields(RunReport report)
    {
        if (report.Plan is not { } plan)
        {
            return;
        }

        terminal.Line();
        terminal.Line(report.Writes is null ? "Fields as planned" : "Fields");
        FieldTable.Write(terminal, plan.Fields);
    }

    private void WriteGuards(RunReport report)
    {
        if (report.Guards.Count == 0)
        {
            return;
        }

        terminal.Line();
        terminal.Line("Guards");
        GuardTable.Write(terminal, report.Guards);
    }

    private void WriteRejects(IReadOnlyList<Reject> rejects)
    {
        foreach (var sameCode in rejects.GroupBy(reject => reject.Code).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            terminal.Line();
            terminal.Line($"{sameCode.Key} {ErrorCodes.Get(sameCode.Key).Title.TrimEnd('.')}: {Tables.Number(sameCode.Count())}");
            terminal.Line($"    {sameCode.First().Cure}");
            Tables.Write(
                terminal,
                ["#line", "company", "field", "reason"],
                sameCode.Take(RejectsShownPerCode).Select(reject => (IReadOnlyList<string?>)
                    [reject.Line?.ToString(CultureInfo.InvariantCulture), reject.Name, reject.FieldName, reject.Reason]));
            if (sameCode.Count() > RejectsShownPerCode)
            {
                terminal.Line($"  … and {Tables.Number(sameCode.Count() - RejectsShownPerCode)} more in {Artefacts.RejectsCsv}");
            }
        }
    }

    private void WriteCalls(RunReport report)
    {
        terminal.Line();
        terminal.Line($"Calls of the Affinity API: {Tables.Number(report.Calls.Total)} (read {Tables.Number(report.Calls.Read)}, write {Tables.Number(report.Calls.Write)}, verify {Tables.Number(report.Calls.Verify)})");
        foreach (var wait in report.Waits)
        {
            terminal.Line($"Waits, {StatusText.ReasonOf(wait.Reason.ToString())}: {wait.Count} on a durable timer, {Duration(wait.Total)} in all");
        }
    }

    /// <summary>Which version of the definition the run was frozen with: the hash of a file, the ETag of a blob.</summary>
    private static string Version(string? etag) =>
        etag?.Trim('"') is { Length: > 0 } version ? $", with version {(version.Length > VersionShown ? version[..VersionShown] : version)} of its definition" : "";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time.TotalSeconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes} min {time.Seconds} s");
}
