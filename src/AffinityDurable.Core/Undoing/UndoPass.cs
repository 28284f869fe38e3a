using System.Globalization;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Undoing;

/// <summary>Decides the fields of an undo and keeps the counts.</summary>
internal sealed class UndoPass(ResolvedSync sync, IReadOnlyDictionary<long, IReadOnlyDictionary<string, LiveValue>> values)
{
    private readonly IReadOnlyDictionary<string, FieldText> texts = FieldText.OfAll(sync);
    private readonly Dictionary<string, FieldSummary> summaries = sync.EveryField.ToDictionary(
        field => field.Field.Id, field => new FieldSummary { FieldId = field.Field.Id, Name = field.Field.Name }, StringComparer.Ordinal);

    private readonly List<Reject> conflicts = [];
    private int entries;
    private int changedEntries;
    private int conflictingEntries;
    private int restoredBefore;

    /// <summary>Fields that do not show any more what the run has written.</summary>
    public IReadOnlyList<Reject> Conflicts => conflicts;

    public int WriteCalls { get; private set; }

    public IEnumerable<string> BeforeHeader => ["List Entry ID", "Entity ID", "Name", "Domain", .. sync.EveryField.Select(mapped => mapped.Field.Name)];

    /// <summary>The changes that put an entry back; null when there are none.</summary>
    public EntryChange? Plan(UndoneEntry entry)
    {
        var found = conflicts.Count;
        var changes = entry.Fields.Select(field => Decide(entry, field)).OfType<FieldChange>().ToList();
        var conflicting = conflicts.Count > found;
        entries++;
        conflictingEntries += conflicting ? 1 : 0;
        changedEntries += changes.Count > 0 ? 1 : 0;
        restoredBefore += !conflicting && changes.Count == 0 ? 1 : 0;
        WriteCalls += (changes.Count + AffinityApi.MostUpdates - 1) / AffinityApi.MostUpdates;
        return changes.Count == 0 ? null : new EntryChange(entry.EntryId, entry.EntityId, entry.Name, null, conflicting, changes);
    }

    /// <summary>The values that the undo replaces, as a person would type them.</summary>
    public IEnumerable<string?> BeforeRecord(EntryChange change) =>
    [
        change.EntryId.ToString(CultureInfo.InvariantCulture),
        change.EntityId.ToString(CultureInfo.InvariantCulture),
        change.Name,
        "",
        .. sync.EveryField.Select(field => change.Fields.FirstOrDefault(changed => changed.FieldId == field.Field.Id) is { } changed ? texts[field.Field.Id].Of(changed.Before) : ""),
    ];

    public PlanSummary Summarise(string hash, int batches, DateTimeOffset readAt) => new()
    {
        Hash = hash,
        Batches = batches,
        Entries = entries,
        Records = new RecordCounts(entries, 0, 0, 0, conflictingEntries, restoredBefore, entries - conflictingEntries - restoredBefore),
        ChangedEntries = changedEntries,
        Fields = [.. sync.EveryField.Select(field => summaries[field.Field.Id])],
        RejectedValues = conflicts.Count,
        WriteCalls = WriteCalls,
        ReadAt = readAt,
    };

    private FieldChange? Decide(UndoneEntry entry, UndoneField field)
    {
        var live = values.TryGetValue(entry.EntryId, out var known) ? known.GetValueOrDefault(field.FieldId) : LiveValue.NotRequested;
        var summary = summaries[field.FieldId];
        if (live.State == LiveState.Known && Equals(live.Value, field.Before))
        {
            summaries[field.FieldId] = summary with { Unchanged = summary.Unchanged + 1 };
            return null;
        }

        if (live.State != LiveState.Known || !Equals(live.Value, field.Ours))
        {
            summaries[field.FieldId] = summary with { Rejected = summary.Rejected + 1 };
            conflicts.Add(Conflict(entry, field, live));
            return null;
        }

        summaries[field.FieldId] = Count(summary, field);
        return new FieldChange(field.FieldId, ChangeReason.Restore, live.Value, field.Before);
    }

    private static FieldSummary Count(FieldSummary summary, UndoneField field) =>
        field.Before is null ? summary with { Cleared = summary.Cleared + 1 }
        : field.Ours is null ? summary with { Filled = summary.Filled + 1 }
        : summary with { Overwritten = summary.Overwritten + 1 };

    private Reject Conflict(UndoneEntry entry, UndoneField field, LiveValue live) => new()
    {
        Code = DecisionErrors.UndoConflict.Id,
        Reason = live.State == LiveState.Known
            ? $"Affinity shows {Shown(field, live.Value)}, the run wrote {Shown(field, field.Ours)}."
            : "Affinity does not show the value any more.",
        Cure = DecisionErrors.UndoConflict.Cure,
        EntryId = entry.EntryId,
        Name = entry.Name,
        FieldId = field.FieldId,
        FieldName = texts[field.FieldId].Field.Field.Name,
    };

    private string Shown(UndoneField field, FieldValue? value) => value is null ? "nothing" : $"'{texts[field.FieldId].Of(value)}'";
}
