using System.Collections.Concurrent;
using AffinityDurable.Sources.Http.Records;

namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>What came of a group of lookups; several fill it at the same time.</summary>
internal sealed class LookupAnswers(DateTimeOffset askedAt)
{
    private readonly ConcurrentDictionary<string, (string Shard, CachedAnswer Answer)> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(LookupTarget Target, RecordProblem Problem)> rejects = new();

    public int Count => answers.Count + rejects.Count;

    public IEnumerable<IGrouping<string, KeyValuePair<string, CachedAnswer>>> ByShard =>
        answers.GroupBy(answer => answer.Value.Shard, answer => KeyValuePair.Create(answer.Key, answer.Value.Answer), StringComparer.Ordinal);

    /// <summary>Entries of which nothing is known now; they are asked for again at the next run.</summary>
    public IEnumerable<(LookupTarget Target, RecordProblem Problem)> Rejects => rejects;

    public void Add(LookupTarget target, IReadOnlyList<IReadOnlyList<string?>> rows) =>
        answers[target.Hash] = (target.Shard, new CachedAnswer(askedAt, rows));

    public void Reject(LookupTarget target, RecordProblem problem) => rejects.Enqueue((target, problem));
}
