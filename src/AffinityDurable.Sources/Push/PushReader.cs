using System.Runtime.CompilerServices;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Pushing;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Push;

/// <summary>One pass over the pushes that were there when it was opened; later ones are for the next run.</summary>
internal sealed class PushReader(PushSettings settings, StagedPushes? staged, string sync, IReadOnlyList<StagedPush> waiting) : ISourceReader, ISourceRow
{
    private IReadOnlyList<string?> _cells = [];
    private int[] _places = [];

    public IReadOnlyList<string> Columns => settings.Columns;

    public bool IsInOrder => true;

    public IReadOnlyList<string> Pushes { get; } = [.. waiting.Select(push => push.Id)];

    public long? Line { get; private set; }

    public string? Text(int column) => _places[column] < 0 ? null : _cells[_places[column]];

    public async IAsyncEnumerable<ISourceRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var push in waiting)
        {
            // The definition may have other columns by now.
            _places = [.. Columns.Select(name => SourceColumns.IndexOf(push.Columns, name))];
            var row = 0L;
            await foreach (var cells in staged!.ReadAsync(sync, push, cancellationToken).ConfigureAwait(false))
            {
                row++;
                Line = waiting.Count == 1 ? row : null;
                _cells = cells;
                yield return this;
            }
        }
    }

    public IAsyncEnumerable<MalformedRecord> ReadMalformedAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<MalformedRecord>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
