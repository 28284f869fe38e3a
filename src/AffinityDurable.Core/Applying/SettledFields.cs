using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Applying;

/// <summary>Which attempt settled each field of a batch, when and how: the journals of the batch by entry and field.</summary>
public sealed class SettledFields
{
    private readonly Dictionary<(long Entry, string Field), SettledField> fields = [];

    private SettledFields()
    {
    }

    /// <summary>Whether the batch was ever begun.</summary>
    public bool WasBegun { get; private set; }

    public static async Task<SettledFields> LoadAsync(IRunStore store, string runId, int batch, CancellationToken cancellationToken)
    {
        var settled = new SettledFields();
        var attempt = 0;
        await foreach (var segment in store.ListAsync(runId, Artefacts.JournalOf(batch), cancellationToken))
        {
            attempt++;
            settled.WasBegun = true;
            await foreach (var line in store.ReadLinesAsync<JournalLine>(runId, segment, tornEnd: true, cancellationToken))
            {
                settled.Add(line, attempt);
            }
        }

        return settled;
    }

    /// <summary>How the field was settled; null when it was not.</summary>
    public SettledField? Find(long entryId, string fieldId) => fields.GetValueOrDefault((entryId, fieldId));

    private void Add(JournalLine line, int attempt)
    {
        foreach (var field in line.IsSettling ? line.Fields ?? [] : [])
        {
            // What was read back after a write is a second line: the first one says when it was written.
            var isReadBack = fields.TryGetValue((line.Entry, field), out var known) && known.Line.Kind == line.Kind;
            fields[(line.Entry, field)] = isReadBack
                ? known! with { Line = known.Line with { Stored = line.Stored ?? known.Line.Stored } }
                : new SettledField(line, attempt);
        }
    }
}

/// <summary>How a field was settled.</summary>
/// <param name="Line">The line that settled it.</param>
/// <param name="Attempt">The attempt at its batch, from 1.</param>
public sealed record SettledField(JournalLine Line, int Attempt);
