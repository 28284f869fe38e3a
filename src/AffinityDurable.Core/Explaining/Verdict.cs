using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using static AffinityDurable.Core.Explaining.Wording;

namespace AffinityDurable.Core.Explaining;

/// <summary>What was decided about a field of an entry.</summary>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Sentence">The decision in words.</param>
/// <param name="Code">Error code, where one decided.</param>
internal sealed record Verdict(DecidingRule Rule, string Sentence, string? Code = null)
{
    /// <summary>Where the value that it was decided about comes from; null when no row is behind it.</summary>
    public Provenance? Origin { get; init; }

    public static Verdict NeverSeen(Question question, int runs) => new(
        DecidingRule.NotOnList,
        $"None of the last {Number(runs)} runs saw {question.Named} on the list.");

    public static Verdict Gone(Sighting sighting, StoredRun missedBy) => new(
        DecidingRule.NotOnList,
        $"The entry is not on the list any more: run {missedBy.RunId} read the list without it. Run {sighting.Run!.RunId} was the last to see it.");

    public static Verdict NotMapped(Question question, StoredRun run) => new(
        DecidingRule.NotMapped,
        $"The sync writes no field '{question.Field}'. {FieldNames.Known(run.Sync!.EveryField)} Nothing else is ever written.");

    public static Verdict NoPlan(StoredRun run) => new(
        DecidingRule.NoPlan,
        run.Report is null ? "The run has no plan yet: nothing is decided." : $"The run ended before it had a plan: {Full(run.Ended ?? run.Report.Outcome.ToString())}",
        run.Report?.Error?.Code);

    public static Verdict OutOfScope(RunRequest request, EntrySnapshot entry) => new(
        DecidingRule.OutOfScope,
        entry.IsOutside
            ? "The entry was outside the scope that the definition gives the sync."
            : $"The run was asked for {Scope(request)} only, and this entry is not one of them.");

    public static Verdict Limited(RunRequest request) => new(
        DecidingRule.Limit,
        $"The run was to change {Number(request.Limit ?? 0)} entries at most, and had them before it came to this one.");

    public static Verdict RowRejected(SourceReject reject) => new(
        reject.EntryId is null ? DecidingRule.AmbiguousRow : DecidingRule.DuplicateRows,
        reject.EntryId is null
            ? $"The row{Line(reject)} speaks about several entries, and nothing is written for such a row: {reject.Code} {reject.Reason}"
            : $"Several rows speak about the entry, and none of them is written: {reject.Code} {reject.Reason}",
        reject.Code);

    /// <param name="rules">The health rules that were true of the entry.</param>
    /// <param name="live">The state that Affinity showed.</param>
    public static Verdict OfHealth(IReadOnlyList<string> rules, string? live) => new(
        DecidingRule.Health,
        rules.Count == 0
            ? $"The field keeps the health of the entry: no health rule was true of it. Affinity showed {Quote(live)}."
            : $"The field keeps the health of the entry, which was at risk: {string.Join(", ", rules)}. Affinity showed {Quote(live)}.");

    /// <param name="after">What the run was to write; null when it left the field alone.</param>
    /// <param name="live">What Affinity showed.</param>
    public static Verdict OfStamp(string? after, string? live) => new(
        DecidingRule.Stamp,
        after is null
            ? $"The field is a stamp: it says where the values of the entry come from, and was left alone. Affinity showed {Quote(live)}."
            : $"The field is a stamp: the values of the entry come from {Quote(after)}. Affinity showed {Quote(live)}.");

    public static Verdict NoRow(StoredRun run, EntrySnapshot entry, long malformed) => new(
        DecidingRule.NoRow,
        $"No row of the source speaks about the entry: nothing is concluded from that. Rows are matched {Rules(run.Sync!.Definition)}. {Domains(entry)}"
        + (malformed > 0 ? $" {Number(malformed)} records could not be read as rows; its row may be among them." : ""));

    private static string Line(SourceReject reject) => reject.Line is { } line ? FormattableString.Invariant($" on line {line}") : "";
}
