using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Arrivals;

/// <summary>Remembers topics that want to be confirmed, for somebody to do it: an address out of a request is never opened by this program.</summary>
public sealed class TopicBook(ISyncState state, TimeProvider clock)
{
    private const int MostTopics = 20;

    /// <summary>Remembers a topic; of several messages of one topic the last counts.</summary>
    public async Task NoteAsync(string sync, TopicConfirmation confirmation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        string? noted = null;
        while (noted is null)
        {
            var known = await state.ReadAsync<WaitingTopics>(KeyOf(sync), cancellationToken);
            var topics = new WaitingTopics(
            [
                .. (known?.Value.Topics ?? []).Where(topic => topic.Topic != confirmation.Topic)
                    .Append(new WaitingTopic(confirmation.Topic, confirmation.Url, clock.GetUtcNow()))
                    .TakeLast(MostTopics),
            ]);
            noted = known is null
                ? await state.TryCreateAsync(KeyOf(sync), topics, cancellationToken)
                : await state.TryReplaceAsync(KeyOf(sync), topics, known.ETag, cancellationToken);
        }
    }

    /// <summary>The topics of a sync.</summary>
    public async Task<WaitingTopics> ReadAsync(string sync, CancellationToken cancellationToken) =>
        (await state.ReadAsync<WaitingTopics>(KeyOf(sync), cancellationToken))?.Value ?? new WaitingTopics([]);

    private static string KeyOf(string sync) => $"arrival-topics/{sync}";
}

/// <summary>Topics that want to be confirmed; answer of <c>GET /api/syncs/{sync}/arrivals</c>.</summary>
/// <param name="Topics">The topics, the newest last.</param>
public sealed record WaitingTopics(IReadOnlyList<WaitingTopic> Topics);

/// <summary>A topic.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Url">What to open, after a look at where it leads, to get its messages.</param>
/// <param name="At">When it asked, UTC.</param>
public sealed record WaitingTopic(string Topic, string Url, DateTimeOffset At);
