using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Verifying;

/// <summary>Compares what Affinity shows with what was written, and keeps the counts.</summary>
internal sealed class WriteVerdicts(ShownFields fields, ReadBackValues readBack)
{
    private long verified;
    private long mismatched;
    private long unverified;

    public VerifyFigures Figures => new(verified, mismatched, unverified);

    /// <summary>Judges the acknowledged fields of an entry.</summary>
    /// <returns>Those that Affinity shows otherwise than they were sent.</returns>
    public IReadOnlyList<Mismatch> Judge(EntryChange change, EntryJournal journal)
    {
        var entryId = journal.FollowedTo ?? change.EntryId;
        return
        [
            .. change.Fields.Where(field => journal.Written.ContainsKey(field.FieldId))
                .Select(field => Judge(entryId, field.FieldId, field.After, Shown(entryId, field.FieldId, journal.Written[field.FieldId])))
                .OfType<Mismatch>(),
        ];
    }

    /// <summary>Judges a value that nobody was to change.</summary>
    public Mismatch? Judge(long entryId, string fieldId, FieldValue? expected) =>
        Judge(entryId, fieldId, expected, readBack.Find(entryId, fieldId) ?? LiveValue.NotRequested);

    /// <summary>
    /// What Affinity has made of our values is known from now on: equal ones, and those it has rounded or trimmed. Any other value may be
    /// what somebody entered since, and is not taken for ours.
    /// </summary>
    public void Learn(EntryChange change, EntryJournal journal)
    {
        var entryId = journal.FollowedTo ?? change.EntryId;
        foreach (var field in change.Fields.Where(field => journal.Written.TryGetValue(field.FieldId, out var written) && !written.ReadBack))
        {
            if (readBack.Find(entryId, field.FieldId) is { State: LiveState.Known } live
                && (Equals(live.Value, field.After) || fields.TypeOf(field.FieldId).IsFormOf(live.Value, field.After)))
            {
                journal.Learn(field.FieldId, live.Value);
            }
        }
    }

    /// <summary>Whether an acknowledged field could be read back.</summary>
    public bool IsKnown(long entryId, string fieldId, WrittenField written) => Shown(entryId, fieldId, written).State == LiveState.Known;

    private LiveValue Shown(long entryId, string fieldId, WrittenField written) =>
        written.ReadBack ? LiveValue.Known(written.Stored) : readBack.Find(entryId, fieldId) ?? LiveValue.NotRequested;

    private Mismatch? Judge(long entryId, string fieldId, FieldValue? expected, LiveValue shown)
    {
        if (shown.State != LiveState.Known)
        {
            unverified++;
            return null;
        }

        if (Equals(shown.Value, expected))
        {
            verified++;
            return null;
        }

        mismatched++;
        return new Mismatch(entryId, fieldId, $"Expected {fields.Quote(fieldId, expected)}, Affinity shows {fields.Quote(fieldId, shown.Value)}.");
    }
}

/// <summary>A field that Affinity shows otherwise than it should.</summary>
/// <param name="EntryId">The entry that was read.</param>
/// <param name="FieldId">The field.</param>
/// <param name="Reason">Both values. Never logged.</param>
internal sealed record Mismatch(long EntryId, string FieldId, string Reason);
