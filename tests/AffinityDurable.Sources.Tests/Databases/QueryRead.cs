using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Sources.Tests.Databases;

/// <summary>Everything that one pass over a query gave.</summary>
internal sealed record QueryRead(IReadOnlyList<string> Columns, IReadOnlyList<string?[]> Rows, IReadOnlyList<MalformedRecord> Malformed)
{
    public static SourceRequest Request(string type, params (string Key, string Value)[] keys) => new()
    {
        Source = new SourceDefinition { Type = type, Settings = SourceKeys.Of([("type", type), .. keys]) },
        BaseDirectory = "",
        RunDate = new DateOnly(2026, 11, 22),
        ReadAt = new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero),
    };

    public static SourceConnections Connections(string name, params (string Key, string? Value)[] keys) => new(
        new ConfigurationBuilder().AddInMemoryCollection(keys.Select(pair => KeyValuePair.Create($"Connections:{name}:{pair.Key}", pair.Value))).Build());

    public static async Task<QueryRead> OfAsync(ISourceAdapter adapter, SourceRequest request, CancellationToken cancellationToken = default)
    {
        await using var reader = await adapter.OpenAsync(request, cancellationToken);
        return await OfAsync(reader, cancellationToken);
    }

    public static async Task<QueryRead> OfAsync(ISourceReader reader, CancellationToken cancellationToken = default)
    {
        List<string?[]> rows = [];
        await foreach (var row in reader.ReadRowsAsync(cancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, reader.Columns.Count).Select(row.Text)]);
        }

        return new QueryRead(reader.Columns, rows, await reader.ReadMalformedAsync(cancellationToken).ToListAsync(cancellationToken));
    }

    /// <summary>The one problem with which reading ends.</summary>
    public static async Task<Problem> FailsAsync(Func<Task> read) => Assert.Single((await Assert.ThrowsAsync<ProblemException>(read)).Problems);

    public IEnumerable<string> Joined() => Rows.Select(row => string.Join('|', row.Select(cell => cell ?? "∅")));
}
