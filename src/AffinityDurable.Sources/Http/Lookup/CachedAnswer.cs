namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>What a feed said of one key.</summary>
/// <param name="AskedAt">When the read began that asked.</param>
/// <param name="Rows">The cells of each record; none where the feed has no data.</param>
internal sealed record CachedAnswer(DateTimeOffset AskedAt, IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>One of the documents of the cache.</summary>
/// <param name="Question">What was asked and which columns were taken, as a hash: an answer to something else is none.</param>
/// <param name="Answers">By the hash of the key.</param>
internal sealed record LookupShard(string Question, IReadOnlyDictionary<string, CachedAnswer> Answers);
