using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Sources.Tests.Http;

/// <summary>Reads sources of type <c>http</c> as a definition describes them; keeps state and connections between reads.</summary>
internal sealed class FeedReads : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly HttpTransport transport = new();

    public FeedReads(string address, params (string Key, string Value)[] connection)
    {
        Settings["Connections:feed:BaseUrl"] = address;
        foreach (var (key, value) in connection)
        {
            Settings[$"Connections:feed:{key}"] = value;
        }

        State = new FileSyncState(folder.Path);
    }

    public Dictionary<string, string?> Settings { get; } = [];

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));

    public FileSyncState State { get; }

    public string StateFolder => Path.Combine(folder.Path, "state");

    public SourceOptions Options { get; } = new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    public DateTimeOffset? LastSuccess { get; set; }

    public IReadOnlyList<SourceTarget> Entries { get; set; } = [];

    /// <summary>The source of a definition with these keys, one a line.</summary>
    public static SourceDefinition Source(string keys, SourceTypes types) => Parse(keys, types).Require().Sources[0];

    /// <summary>What is wrong with these keys.</summary>
    public IReadOnlyList<Problem> Problems(string keys) => Parse(keys, new SourceTypes([Adapter()])).Problems;

    public SourceDefinition Source(string keys) => Source(keys, new SourceTypes([Adapter()]));

    public async Task<FeedRead> ReadAsync(string keys, CancellationToken cancellationToken = default)
    {
        var adapter = Adapter();
        var request = new SourceRequest
        {
            Source = Source(keys, new SourceTypes([adapter])),
            BaseDirectory = folder.Path,
            Sync = "portfolio",
            LastSuccess = LastSuccess,
            ReadAt = Clock.GetUtcNow(),
            RunDate = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime),
            Entries = _ => Entries.ToAsyncEnumerable(),
        };
        await using var reader = await adapter.OpenAsync(request, cancellationToken);
        List<string> rows = [];
        await foreach (var row in reader.ReadRowsAsync(cancellationToken))
        {
            Assert.Null(row.Line);
            rows.Add(string.Join('|', Enumerable.Range(0, reader.Columns.Count).Select(column => row.Text(column) ?? "∅")));
        }

        return new FeedRead(reader.Columns, rows, await reader.ReadMalformedAsync(cancellationToken).ToListAsync(cancellationToken));
    }

    public async Task<Problem> FailsAsync(string keys)
    {
        var exception = await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(keys));
        return Assert.Single(exception.Problems);
    }

    public void Dispose()
    {
        transport.Dispose();
        folder.Dispose();
    }

    private static ParsedDefinition Parse(string keys, SourceTypes types)
    {
        var source = string.Join('\n', keys.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => "  " + line));
        return DefinitionParser.Parse(
            $"sync: portfolio\nlist: 77\nsource:\n  type: http\n  connection: feed\n{source}\nmatch:\n  - domain: domain\nfields:\n  ARR: arr\n", "portfolio.yaml", types);
    }

    private HttpSourceAdapter Adapter()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        Options.TempDirectory ??= Directory.CreateDirectory(Path.Combine(folder.Path, "temp")).FullName;
        return new HttpSourceAdapter(Microsoft.Extensions.Options.Options.Create(Options), new SourceConnections(configuration), transport, State, Clock);
    }
}

/// <summary>Everything that one read gave.</summary>
internal sealed record FeedRead(IReadOnlyList<string> Columns, IReadOnlyList<string> Rows, IReadOnlyList<MalformedRecord> Malformed);
