using System.Threading.Channels;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Pushing;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Core.Telemetry;
using AffinityDurable.Sources;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads a source of a run against the run's snapshot, and stages what matched.</summary>
public sealed class SourceReading(IRunStore store, SourceAdapters adapters, PendingRows pending, LastSuccesses successes)
{
    /// <summary>Name of the span of reading a source.</summary>
    public const string Span = "affinity.source";

    /// <summary>Reads and stages.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="source">The source.</param>
    /// <param name="readAt">When the run began to read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ProblemException">The source cannot be read, or lacks a column.</exception>
    public async Task<StagingSummary> ReadAsync(string runId, ResolvedSync sync, SourceDefinition source, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        using var span = Signals.Spans.StartActivity(Span);
        span?.SetTag(Signals.RunId, runId).SetTag(Signals.Sync, sync.Definition.Sync).SetTag(Signals.ListId, sync.List.Id)
            .SetTag(Signals.Source, source.Name).SetTag(Signals.SourceType, source.Type);
        var index = await EntryIndex.BuildAsync(store.ReadSnapshotAsync(runId, cancellationToken), cancellationToken);
        var request = await store.RequireJsonAsync<RunRequest>(runId, Artefacts.Request, cancellationToken);
        var scope = await ScopeOf(runId, sync, request, cancellationToken);
        var reading = await RequestOfAsync(runId, sync, source, readAt, IsOfNamedEntries(request), scope, cancellationToken);
        await using var reader = await adapters.Get(source.Type).OpenAsync(reading, cancellationToken);
        if (SourceColumns.Missing(reader.Columns, sync.Definition, source) is { Count: > 0 } missing)
        {
            throw new ProblemException(missing);
        }

        var matcher = new RowMatcher(sync.Definition.MatchOf(source), reader.Columns, [], index, FieldKey.OfAll(sync));
        var columns = StagedColumns.Of(source, sync.Fields);

        var waiting = await PendingAsync(sync, source, cancellationToken);

        var rows = new StagedLines<StagedRow>(store, runId, Artefacts.StagedRows(source.Name), cancellationToken);
        var rejects = new StagedLines<SourceReject>(store, runId, Artefacts.SourceRejects(source.Name), cancellationToken);
        var staging = new SourceStaging(matcher, rows.AddAsync, rejects.AddAsync, scope);
        var summary = await StageAsync(staging, reader, columns, waiting, rows, rejects, cancellationToken);
        span?.SetTag(Signals.Records, summary.Records);
        await store.WriteJsonAsync(runId, Artefacts.StagingSummary(source.Name), summary, cancellationToken);
        if (reader.Pushes.Count > 0)
        {
            await store.WriteJsonAsync(runId, Artefacts.TakenPushes(source.Name), new TakenPushes(source.Name, reader.Pushes), cancellationToken);
        }

        return summary;
    }

    private async Task<SourceRequest> RequestOfAsync(
        string runId, ResolvedSync sync, SourceDefinition source, DateTimeOffset readAt, bool isOfNamedEntries, Func<long, bool>? scope, CancellationToken cancellationToken)
    {
        return new SourceRequest
        {
            Source = source,
            BaseDirectory = sync.BaseDirectory,
            Sync = sync.Definition.Sync,
            LastSuccess = await successes.FindAsync(sync.Definition.Sync, sync.List.Id, source.Name, cancellationToken),
            ReadAt = readAt,
            RunDate = sync.Definition.DayOf(readAt),
            Needed = sync.Definition.MatchOf(source).Select(rule => rule.Column).Concat(StagedColumns.Of(source, sync.Fields).Needed).ToHashSet(StringComparer.OrdinalIgnoreCase),
            Targets = !isOfNamedEntries ? null : await EntriesAsync(cancellationToken).ToListAsync(cancellationToken),
            Entries = EntriesAsync,
        };

        IAsyncEnumerable<SourceTarget> EntriesAsync(CancellationToken token) => store.ReadSnapshotAsync(runId, token)
            .Where(entry => scope?.Invoke(entry.EntryId) != false)
            .Select(entry => new SourceTarget(entry.EntryId, entry.EntityId, entry.Domains, entry.Emails ?? []));
    }

    /// <summary>What earlier runs could not deliver, of a source that does not send it again.</summary>
    private async Task<IReadOnlyList<PendingRow>> PendingAsync(ResolvedSync sync, SourceDefinition source, CancellationToken cancellationToken) =>
        source.Delivers == Delivery.Changes
            ? [.. (await pending.ReadAsync(sync.Definition.Sync, sync.List.Id, cancellationToken)).Where(row => row.Source == source.Name)]
            : [];

    private static async Task<StagingSummary> StageAsync(
        SourceStaging staging,
        ISourceReader reader,
        StagedColumns columns,
        IReadOnlyList<PendingRow> waiting,
        StagedLines<StagedRow> rows,
        StagedLines<SourceReject> rejects,
        CancellationToken cancellationToken)
    {
        try
        {
            var summary = await staging.RunAsync(reader, columns, waiting, cancellationToken);
            await rows.CompleteAsync();
            await rejects.CompleteAsync();
            return summary;
        }
        catch (Exception exception)
        {
            await rows.AbandonAsync(exception);
            await rejects.AbandonAsync(exception);
            throw;
        }
    }

    /// <summary>The entries that the run is about; null for the whole list.</summary>
    private async Task<Func<long, bool>?> ScopeOf(string runId, ResolvedSync sync, RunRequest request, CancellationToken cancellationToken)
    {
        if (sync.Definition.Scope is null && !IsOfNamedEntries(request))
        {
            return null;
        }

        var scope = new EntryScope(request);
        var entries = await store.ReadSnapshotAsync(runId, cancellationToken).Where(scope.Includes).Select(entry => entry.EntryId).ToHashSetAsync(cancellationToken: cancellationToken);
        return entries.Contains;
    }

    private static bool IsOfNamedEntries(RunRequest request) => request is not { Entries: null, Domains: null };

    /// <summary>Lines on their way into an artefact, written while they come.</summary>
    private sealed class StagedLines<T>
    {
        private readonly Channel<T> lines = Channel.CreateBounded<T>(
            new BoundedChannelOptions(4096) { SingleReader = true, SingleWriter = true });

        private readonly Task written;

        public StagedLines(IRunStore store, string runId, string name, CancellationToken cancellationToken) =>
            written = store.WriteLinesAsync(runId, name, lines.Reader.ReadAllAsync(cancellationToken), cancellationToken);

        public ValueTask AddAsync(T line) => lines.Writer.WriteAsync(line);

        public async Task CompleteAsync()
        {
            lines.Writer.Complete();
            await written;
        }

        /// <summary>Ends the write without leaving an artefact; its own failure adds nothing to the first.</summary>
        public async Task AbandonAsync(Exception exception)
        {
            lines.Writer.TryComplete(exception);
            await written.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
