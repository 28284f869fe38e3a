using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Planning;

namespace AffinityDurable.Core.Reporting;

/// <summary>Adds up batches and journals: the stored acknowledgements are the truth, whatever an orchestrator remembers.</summary>
internal sealed class ApplyTotals
{
    public long EntriesWritten { get; private set; }

    public long FieldsWritten { get; private set; }

    public long FieldsDrifted { get; private set; }

    public long FieldsRefused { get; private set; }

    public long FieldsDeferred { get; private set; }

    public long RowsApplied { get; private set; }

    public long RowsDrifted { get; private set; }

    public long RowsRefused { get; private set; }

    public long RowsDeferred { get; private set; }

    public WriteFigures Writes => new(EntriesWritten, FieldsWritten, FieldsDrifted, FieldsRefused, FieldsDeferred);

    public void Add(EntryChange change, EntryJournal? journal)
    {
        var written = change.Fields.Count(field => journal?.Written.ContainsKey(field.FieldId) == true);
        var drifted = journal?.Drifted.Count ?? 0;
        var refused = journal?.Refused.Count ?? 0;
        var deferred = change.Fields.Count - written - drifted - refused;

        EntriesWritten += written > 0 ? 1 : 0;
        FieldsWritten += written;
        FieldsDrifted += drifted;
        FieldsRefused += refused;
        FieldsDeferred += deferred;
        if (!change.RowHasRejects)
        {
            CountRows(change.Rows, [.. change.Fields.Where(field => field.Reason != ChangeReason.Health).Select(field => field.FieldId)], journal);
        }
    }

    /// <summary>A row is in one place: what is worst for its reader decides. An entry that changes without its row has none.</summary>
    /// <param name="rows">Rows of the entry, which share their place.</param>
    /// <param name="fields">Fields that change because of the row.</param>
    /// <param name="journal">What was settled of them.</param>
    private void CountRows(int rows, List<string> fields, EntryJournal? journal)
    {
        if (fields.Count == 0)
        {
            return;
        }

        if (fields.Any(field => journal?.Refused.ContainsKey(field) == true))
        {
            RowsRefused += rows;
        }
        else if (fields.Any(field => journal?.Written.ContainsKey(field) != true && journal?.Drifted.Contains(field) != true))
        {
            RowsDeferred += rows;
        }
        else if (fields.Any(field => journal?.Drifted.Contains(field) == true))
        {
            RowsDrifted += rows;
        }
        else
        {
            RowsApplied += rows;
        }
    }
}
