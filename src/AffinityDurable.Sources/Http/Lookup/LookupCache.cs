using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>
/// Answers in the state store, in 256 documents by the first digits of the hash of their key. Keys are hashed; the cells are values, as in the
/// artefacts of runs.
/// </summary>
internal sealed class LookupCache(ISyncState state, HttpSettings settings, SourceRequest request)
{
    private const int MostAttempts = 10;

    // What is that old belongs to an entry that nobody asks for any more.
    private const int Forgotten = 4;

    private readonly string folder = $"{SourceState.KeyOf(request.Sync, settings)}/lookups";
    private readonly string question = SourceState.Hash(string.Join(
        '\n', [settings.Records?.Text, settings.Lookup!.Batch?.KeyPath, .. settings.Templates, .. settings.Parameters.Select(parameter => parameter.Key), "columns", .. settings.Columns]));

    public async Task<IReadOnlyDictionary<string, CachedAnswer>> LoadAsync(string shard, CancellationToken cancellationToken) =>
        Usable(await state.ReadAsync<LookupShard>(KeyOf(shard), cancellationToken).ConfigureAwait(false));

    /// <summary>Adds answers; what another read added meanwhile stays.</summary>
    public async Task SaveAsync(string shard, IEnumerable<KeyValuePair<string, CachedAnswer>> answers, CancellationToken cancellationToken)
    {
        var added = answers.ToList();
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var document = await state.ReadAsync<LookupShard>(KeyOf(shard), cancellationToken).ConfigureAwait(false);
            var merged = new LookupShard(question, Merged(Usable(document), added));
            var saved = document is null
                ? await state.TryCreateAsync(KeyOf(shard), merged, cancellationToken).ConfigureAwait(false)
                : await state.TryReplaceAsync(KeyOf(shard), merged, document.ETag, cancellationToken).ConfigureAwait(false);
            if (saved is not null)
            {
                return;
            }
        }

        throw new IOException($"The state document '{KeyOf(shard)}' changes all the time.");
    }

    private string KeyOf(string shard) => $"{folder}/{shard}";

    private IReadOnlyDictionary<string, CachedAnswer> Usable(StateDocument<LookupShard>? document) =>
        document?.Value.Question == question ? document.Value.Answers : new Dictionary<string, CachedAnswer>(StringComparer.Ordinal);

    private Dictionary<string, CachedAnswer> Merged(IReadOnlyDictionary<string, CachedAnswer> known, List<KeyValuePair<string, CachedAnswer>> added)
    {
        var oldest = request.ReadAt - DateTimeOffset.MinValue > settings.Lookup!.RefreshAfter * Forgotten
            ? request.ReadAt - (settings.Lookup.RefreshAfter * Forgotten)
            : DateTimeOffset.MinValue;
        var merged = known.Where(answer => answer.Value.AskedAt >= oldest).ToDictionary(StringComparer.Ordinal);
        foreach (var (hash, answer) in added)
        {
            merged[hash] = answer;
        }

        return merged;
    }
}
