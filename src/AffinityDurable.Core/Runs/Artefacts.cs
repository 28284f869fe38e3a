using System.Globalization;

namespace AffinityDurable.Core.Runs;

/// <summary>Names of a run's artefacts in the <see cref="IRunStore"/>.</summary>
public static class Artefacts
{
    /// <summary>What was asked for: mode, trigger, scope.</summary>
    public const string Request = "request.json";

    /// <summary>The definition as text, frozen.</summary>
    public const string Definition = "definition.yaml";

    /// <summary>The definition resolved against the list's fields and options.</summary>
    public const string ResolvedSync = "resolved.json";

    public const string SnapshotPrefix = "snapshot/";

    /// <summary>The entries of the sync's saved view, by id.</summary>
    public const string ScopePrefix = "scope/";

    public const string FullSetPrefix = "sets/";

    /// <summary>The persons and companies that rows name.</summary>
    public const string ReferencePrefix = "references/";

    public const string PlanRejects = "rejects/plan.jsonl";

    public const string PlanSummary = "plan.json";

    /// <summary>Which state of what was last written the plan was made with.</summary>
    public const string KnownState = "known.json";

    /// <summary>The entries at risk, as the plan leaves them.</summary>
    public const string HealthEntries = "health.jsonl";

    public const string HealthSummary = "health.json";

    /// <summary>Values on which source and people differ.</summary>
    public const string Conflicts = "conflicts.jsonl";

    /// <summary>What the guards found.</summary>
    public const string Guards = "guards.json";

    /// <summary>What the guards would show of each field and column.</summary>
    public const string GuardExamples = "guards/examples.jsonl";

    public const string BatchPrefix = "batches/";

    public const string JournalPrefix = "journal/";

    public const string LastWritten = "written.jsonl";

    /// <summary>Rows of sources that deliver changes, as a run is about to deliver them.</summary>
    public const string PendingBegun = "pending/begun.jsonl";

    /// <summary>Those that it could not deliver.</summary>
    public const string PendingLeft = "pending/left.jsonl";

    /// <summary>Why the run could not go on, in full; histories hold its code only.</summary>
    public const string Error = "error.json";

    /// <summary>Values that an undo has to read.</summary>
    public const string UndoWanted = "undo/wanted.jsonl";

    /// <summary>What they are now.</summary>
    public const string UndoValuesPrefix = "undo/values/";

    /// <summary>Who approved the plan, or why nobody did.</summary>
    public const string Approval = "approval.json";

    /// <summary>How much an adopting run has recorded.</summary>
    public const string Adopted = "adopted.json";

    /// <summary>Mapped values that a run has left alone and that are read back all the same.</summary>
    public const string VerifyUntouched = "verify/untouched.jsonl";

    public const string Report = "report.json";

    public const string RejectsCsv = "rejects.csv";

    public const string BeforeCsv = "before.csv";

    /// <summary>Rows of a source that found an entry; of several of one entry the last one counts.</summary>
    public static string StagedRows(string source) => $"staged/{source}/rows.jsonl";

    /// <summary>What became of the records of a source.</summary>
    public static string StagingSummary(string source) => $"staged/{source}/summary.json";

    /// <summary>Records and rows of a source from which nothing is written.</summary>
    public static string SourceRejects(string source) => $"staged/{source}/rejects.jsonl";

    /// <summary>The pushes of a source that were read.</summary>
    public static string TakenPushes(string source) => $"staged/{source}/pushes.json";

    /// <summary>Why a source could not be read, in full.</summary>
    public static string SourceError(string source) => $"staged/{source}/error.json";

    public static string Snapshot(int slice) => Invariant($"{SnapshotPrefix}{slice:D6}.jsonl");

    public static string FullSets(int slice) => Invariant($"{FullSetPrefix}{slice:D6}.jsonl");

    public static string Batch(int batch) => Invariant($"{BatchPrefix}{batch:D6}.jsonl");

    public static string JournalOf(int batch) => Invariant($"{JournalPrefix}{batch:D6}/");

    public static string JournalSegment(int batch, int attempt) => Invariant($"{JournalPrefix}{batch:D6}/{attempt:D6}.jsonl");

    /// <summary>One of the numbered parts below a prefix.</summary>
    public static string Part(string prefix, int number) => Invariant($"{prefix}{number:D6}.jsonl");

    /// <summary>What a part of the verification has to read.</summary>
    public static string VerifyWanted(string part) => $"verify/{part}/wanted.jsonl";

    /// <summary>Prefix of what a part of the verification has read.</summary>
    public static string VerifyValues(string part) => $"verify/{part}/values/";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
