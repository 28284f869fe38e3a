using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Verifying;

/// <summary>What Affinity showed of the values of a run after it had written them.</summary>
internal sealed class ReadBackValues
{
    private readonly Dictionary<long, Dictionary<string, LiveValue>> entries = [];

    /// <summary>All that a run has read back.</summary>
    public static async Task<ReadBackValues> LoadAsync(IRunStore store, string runId, CancellationToken cancellationToken)
    {
        var values = new ReadBackValues();
        foreach (var part in VerifiedParts.All)
        {
            await values.AddAsync(store, runId, part, cancellationToken);
        }

        return values;
    }

    /// <summary>What one part of the verification has read.</summary>
    public static async Task<ReadBackValues> LoadAsync(IRunStore store, string runId, string part, CancellationToken cancellationToken)
    {
        var values = new ReadBackValues();
        await values.AddAsync(store, runId, part, cancellationToken);
        return values;
    }

    /// <summary>The value of a field; null when it was not read.</summary>
    public LiveValue? Find(long entryId, string fieldId) =>
        entries.TryGetValue(entryId, out var values) && values.TryGetValue(fieldId, out var value) ? value : null;

    private async Task AddAsync(IRunStore store, string runId, string part, CancellationToken cancellationToken)
    {
        await foreach (var slice in store.ListAsync(runId, Artefacts.VerifyValues(part), cancellationToken))
        {
            await foreach (var entry in store.ReadLinesAsync<EntryValues>(runId, slice, cancellationToken: cancellationToken))
            {
                Add(entry);
            }
        }
    }

    private void Add(EntryValues entry)
    {
        if (!entries.TryGetValue(entry.EntryId, out var values))
        {
            entries.Add(entry.EntryId, values = new Dictionary<string, LiveValue>(StringComparer.Ordinal));
        }

        foreach (var (fieldId, value) in entry.Values)
        {
            values[fieldId] = value;
        }
    }
}

/// <summary>The parts in which a run is verified.</summary>
public static class VerifiedParts
{
    /// <summary>The canary, before anything else is written.</summary>
    public const string Canary = "canary";

    /// <summary>Everything that was not read back before.</summary>
    public const string Rest = "rest";

    internal static IReadOnlyList<string> All { get; } = [Canary, Rest];
}
