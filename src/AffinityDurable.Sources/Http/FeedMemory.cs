using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Http;

/// <summary>
/// What is remembered between reads of a feed: its columns, which a read without records does not show, and by what it recognises an answer.
/// </summary>
/// <remarks>
/// A feed is asked whether something changed only where it delivers changes, as there is nothing to plan with when the whole truth is not sent again,
/// and only since a read of which everything arrived: else what was sent once and not written would be lost.
/// </remarks>
internal sealed class FeedMemory(ISyncState? state, HttpSettings settings, SourceRequest request)
{
    private readonly string key = $"{SourceState.KeyOf(request.Sync, settings)}/feed";
    private StateDocument<RememberedFeed>? document;

    public IReadOnlyList<string> Columns => document?.Value.Columns ?? [];

    public bool DeliversChanges => request.Source.Delivers == Delivery.Changes;

    /// <summary>What makes the first request conditional; null asks for everything.</summary>
    /// <param name="call">The first request.</param>
    public Validators? KnownTo(FeedCall call) =>
        DeliversChanges
        && request is { Targets: null, LastSuccess: { } success }
        && document?.Value is { } remembered
        && remembered.Request == SourceState.Hash(call.Identity)
        && remembered.ReadAt <= success
            ? remembered.Validators
            : null;

    public async Task LoadAsync(CancellationToken cancellationToken) =>
        document = state is null ? null : await state.ReadAsync<RememberedFeed>(key, cancellationToken).ConfigureAwait(false);

    /// <summary>Remembers a read of everything that there was; another one that comes between goes first.</summary>
    public async Task SaveAsync(FeedCall call, Validators validators, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (state is null || request.Targets is not null || request.Sync.Length == 0)
        {
            return;
        }

        var remembered = new RememberedFeed(SourceState.Hash(call.Identity), request.ReadAt, validators, columns);
        _ = document is null
            ? await state.TryCreateAsync(key, remembered, cancellationToken).ConfigureAwait(false)
            : await state.TryReplaceAsync(key, remembered, document.ETag, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>The last read of a feed.</summary>
/// <param name="Request">Which request it was, as a hash.</param>
/// <param name="ReadAt">When it began.</param>
/// <param name="Validators">By what the feed recognises its answer.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record RememberedFeed(string Request, DateTimeOffset ReadAt, Validators Validators, IReadOnlyList<string> Columns);
