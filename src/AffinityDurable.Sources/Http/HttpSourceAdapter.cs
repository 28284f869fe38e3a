using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Http.Access;
using AffinityDurable.Sources.Http.Lookup;
using AffinityDurable.Sources.Http.Records;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Sources.Http;

/// <summary>JSON over HTTP: feeds that give everything page by page, and lookups that are asked per entry.</summary>
internal sealed class HttpSourceAdapter(
    IOptions<SourceOptions> options, SourceConnections connections, HttpTransport transport, ISyncState? state = null, TimeProvider? clock = null)
    : SourceAdapter<HttpSettings>
{
    public override string Name => "http";

    protected override HttpSettings Read(MapReader keys) => HttpKeys.Read(keys);

    protected override SourceTraits TraitsOf(HttpSettings settings) => new()
    {
        IsRemote = true,
        Place = $"{settings.Connection} {settings.Url}",
        Delivers = settings.Mode == HttpMode.Lookup || settings.Templates.SelectMany(Placeholders.NamesIn).Contains(Placeholders.LastSuccess, StringComparer.Ordinal)
            ? Delivery.Changes
            : Delivery.All,
    };

    protected override async Task<ISourceReader> OpenAsync(HttpSettings settings, SourceRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Timeout);
        var resources = new ResourceStack();
        try
        {
            return await OpenAsync(settings, request, resources, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            resources.Dispose();
            throw new ProblemException(Problem.Of(FeedErrors.OutOfTime, $"{settings.Url} was not read within its timeout of {settings.Timeout}."));
        }
        catch
        {
            resources.Dispose();
            throw;
        }
    }

    private async Task<ISourceReader> OpenAsync(HttpSettings settings, SourceRequest request, ResourceStack resources, CancellationToken cancellationToken)
    {
        var folder = resources.Add(new WorkFolder(options.Value));
        var spool = resources.Add(new RecordSpool(folder));
        using var client = Client(settings);
        var columns = settings.Mode == HttpMode.Feed
            ? await ReadFeedAsync(settings, request, client, spool, cancellationToken).ConfigureAwait(false)
            : await LookUpAsync(settings, request, client, spool, cancellationToken).ConfigureAwait(false);
        spool.Complete();
        var sandbox = resources.Add(new DuckDbSandbox(options.Value, folder, spool.RowsPath));
        return new RecordReader(spool, columns, settings.Query, sandbox, resources);
    }

    private FeedClient Client(HttpSettings settings) => new(
        settings,
        options.Value,
        transport,
        new Credentials(settings, connections, transport, clock ?? TimeProvider.System),
        new FeedAddress(connections.Get(settings.Connection)));

    private async Task<IReadOnlyList<string>> ReadFeedAsync(
        HttpSettings settings, SourceRequest request, FeedClient client, RecordSpool spool, CancellationToken cancellationToken)
    {
        var memory = new FeedMemory(state, settings, request);
        await memory.LoadAsync(cancellationToken).ConfigureAwait(false);
        var columns = new RecordColumns(settings.Columns);
        var call = FeedRequest.Of(settings, client.Address, Placeholders.Of(request));
        var known = memory.KnownTo(call);
        var validators = await new FeedDownload(settings, client, spool, columns).RunAsync(call with { Known = known }, cancellationToken).ConfigureAwait(false);
        var names = FeedColumns.Of(settings, columns, memory, spool);
        await memory.SaveAsync(call, validators ?? known!, names, cancellationToken).ConfigureAwait(false);
        return names;
    }

    private async Task<IReadOnlyList<string>> LookUpAsync(
        HttpSettings settings, SourceRequest request, FeedClient client, RecordSpool spool, CancellationToken cancellationToken)
    {
        var cache = new LookupCache(state ?? throw new InvalidOperationException("Lookups need a state store."), settings, request);
        var run = new LookupRun(settings, request, cache, new LookupQuestion(settings, request, client), spool);
        await run.RunAsync(cancellationToken).ConfigureAwait(false);
        return run.Columns;
    }
}
