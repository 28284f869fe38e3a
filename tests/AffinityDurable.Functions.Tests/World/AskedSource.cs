using System.Runtime.CompilerServices;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>A source of the type <c>asked</c> that delivers changes: it keeps what it was asked, and answers with the rows of a test.</summary>
internal sealed class AskedSource : ISourceAdapter
{
    public string Name => "asked";

    /// <summary>Since when it was asked, by read.</summary>
    public List<DateTimeOffset?> Since { get; } = [];

    /// <summary>When the reads began.</summary>
    public List<DateTimeOffset> ReadAt { get; } = [];

    /// <summary>Website and ARR.</summary>
    public List<(string Website, string Arr)> Rows { get; } = [];

    /// <summary>Whether a restricted run gets the rows of its entries only, as a query for them gives.</summary>
    public bool AnswersTargets { get; init; }

    public SourceTraits Check(MapReader keys) => new() { Delivers = Delivery.Changes };

    public Task<ISourceReader> OpenAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        Since.Add(request.LastSuccess);
        ReadAt.Add(request.ReadAt);
        var domains = request.Targets?.SelectMany(target => target.Domains).ToHashSet(StringComparer.Ordinal);
        var rows = AnswersTargets && domains is not null ? Rows.Where(row => domains.Contains(row.Website)) : Rows;
        return Task.FromResult<ISourceReader>(new Reader([.. rows]));
    }

    private sealed class Reader(List<(string Website, string Arr)> rows) : ISourceReader, ISourceRow
    {
        private (string Website, string Arr) current;

        public IReadOnlyList<string> Columns => ["website", "arr"];

        public long? Line => null;

        public string? Text(int column) => column == 0 ? current.Website : current.Arr;

        public async IAsyncEnumerable<ISourceRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var row in rows)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                current = row;
                yield return this;
            }
        }

        public IAsyncEnumerable<MalformedRecord> ReadMalformedAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<MalformedRecord>();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
