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
            CountRow(refused, deferred, drifted);
        }
    }

    /// <summary>A row is in one place: what is worst for its reader decides.</summary>
    private void CountRow(int refused, int deferred, int drifted)
    {
        if (refused > 0)
        {
            RowsRefused++;
        }
        else if (deferred > 0)
        {
            RowsDeferred++;
        }
        else if (drifted > 0)
        {
            RowsDrifted++;
        }
        else
        {
            RowsApplied++;
        }
    }
}
