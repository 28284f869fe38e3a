using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reading;

/// <summary>Reads entries of a list with nothing cut off: other reads send at most 100 items of a set.</summary>
internal sealed class WholeEntries(AffinityClient client, long listId, ThrottledCalls calls)
{
    /// <summary>One entry, in one call and one more for every set that the answer cuts off.</summary>
    public async Task<Answer<ListEntry>> ReadAsync(long entryId, IReadOnlyList<AffinityField> wanted, CancellationToken cancellationToken)
    {
        var answer = await calls.CallAsync(() => client.EntryAsync(listId, entryId, wanted, cancellationToken), cancellationToken);
        return answer.Fault is null ? await CompleteAsync(answer, wanted, cancellationToken) : answer;
    }

    /// <summary>Reads in full the wanted sets that an answer cuts off.</summary>
    public async Task<Answer<ListEntry>> CompleteAsync(Answer<ListEntry> answer, IReadOnlyList<AffinityField> wanted, CancellationToken cancellationToken)
    {
        var entry = answer.Value!;
        var cutOff = wanted.Where(field => entry[field.Id].State == LiveState.Truncated).ToList();
        if (cutOff.Count == 0)
        {
            return answer;
        }

        var values = new Dictionary<string, LiveValue>(entry.Values, StringComparer.Ordinal);
        foreach (var field in cutOff)
        {
            var set = await calls.CallAsync(() => client.FieldValuesAsync(listId, entry.Id, field, cancellationToken), cancellationToken);
            if (set.Fault is not null)
            {
                return new Answer<ListEntry>(null, set.Fault, set.Limits);
            }

            values[field.Id] = set.Value;
        }

        return answer with { Value = entry with { Values = values } };
    }
}
