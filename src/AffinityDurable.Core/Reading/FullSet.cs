using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reading;

/// <summary>A set that a page had cut off at 100 items, read in full.</summary>
public sealed record FullSet(long EntryId, string FieldId, FieldValue? Value)
{
    /// <summary>False when Affinity did not give it: the value stays unknown.</summary>
    public bool IsComplete { get; init; } = true;
}

/// <summary>Puts sets that were read in full where pages had cut them off.</summary>
internal static class FullSets
{
    public static EntrySnapshot With(
        this EntrySnapshot entry,
        IReadOnlyDictionary<(long EntryId, string FieldId), FieldValue?> fullSets,
        ResolvedSync sync)
    {
        if (fullSets.Count == 0 || entry.Values.All(value => value.State != LiveState.Truncated))
        {
            return entry;
        }

        var values = entry.Values.Select((value, column) => value.State == LiveState.Truncated
            && fullSets.TryGetValue((entry.EntryId, sync.EveryField[column].Field.Id), out var whole) ? LiveValue.Known(whole) : value);
        return entry with { Values = [.. values] };
    }
}
