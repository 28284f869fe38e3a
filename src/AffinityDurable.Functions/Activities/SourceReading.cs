using System.Threading.Channels;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources;

namespace AffinityDurable.Functions.Activities;

/// <summary>Reads the source of a run against the run's snapshot, and stages what matched.</summary>
public sealed class SourceReading(IRunStore store, SourceAdapters adapters, TimeProvider clock)
{
    /// <exception cref="Core.Errors.ProblemException">The source cannot be read, or lacks a column.</exception>
    public async Task<StagingSummary> ReadAsync(string runId, ResolvedSync sync, CancellationToken cancellationToken)
    {
        var source = sync.Definition.Source;
        var index = await EntryIndex.BuildAsync(store.ReadSnapshotAsync(runId, cancellationToken), cancellationToken);
        var request = await store.RequireJsonAsync<RunRequest>(runId, Artefacts.Request, cancellationToken);
        var scope = await ScopeOf(runId, sync, request, cancellationToken);
        var columns = sync.Fields.Select(field => field.Mapping.Column).ToList();
        await using var reader = await adapters.Get(source.Type).OpenAsync(await RequestOfAsync(runId, sync, request, scope, cancellationToken), cancellationToken);
        var matcher = new RowMatcher(sync.Definition.Match, reader.Columns, columns, index, FieldKey.OfAll(sync));

        var rows = new StagedLines<StagedRow>(store, runId, Artefacts.StagedRows, cancellationToken);
        var rejects = new StagedLines<SourceReject>(store, runId, Artefacts.SourceRejects, cancellationToken);
        var staging = new SourceStaging(matcher, rows.AddAsync, rejects.AddAsync, scope);
        var summary = await StageAsync(staging, reader, columns, rows, rejects, cancellationToken);
        await store.WriteJsonAsync(runId, Artefacts.StagingSummary, summary, cancellationToken);
        return summary;
    }

    private async Task<SourceRequest> RequestOfAsync(string runId, ResolvedSync sync, RunRequest request, Func<long, bool>? scope, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone);
        return new SourceRequest
        {
            Source = sync.Definition.Source,
            BaseDirectory = sync.BaseDirectory,
            Sync = sync.Definition.Sync,
            ReadAt = now,
            RunDate = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime),
            Needed = sync.Definition.Match.Select(rule => rule.Column).Concat(sync.Fields.Select(field => field.Mapping.Column)).ToHashSet(StringComparer.OrdinalIgnoreCase),
            Targets = !IsOfNamedEntries(request) ? null : await EntriesAsync(cancellationToken).ToListAsync(cancellationToken),
            Entries = EntriesAsync,
        };

        IAsyncEnumerable<SourceTarget> EntriesAsync(CancellationToken token) => store.ReadSnapshotAsync(runId, token)
            .Where(entry => scope?.Invoke(entry.EntryId) != false)
            .Select(entry => new SourceTarget(entry.EntryId, entry.EntityId, entry.Domains, entry.Emails ?? []));
    }

    private static async Task<StagingSummary> StageAsync(
        SourceStaging staging,
        ISourceReader reader,
        List<string> columns,
        StagedLines<StagedRow> rows,
        StagedLines<SourceReject> rejects,
        CancellationToken cancellationToken)
    {
        try
        {
            var summary = await staging.RunAsync(reader, columns, cancellationToken);
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
