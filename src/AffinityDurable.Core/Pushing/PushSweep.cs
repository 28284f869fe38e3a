using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Pushing;

/// <summary>Removes what nobody needs any more: keys and receipts of the day before yesterday, and chunks of pushes that were cut off by a kill.</summary>
internal sealed class PushSweep(ISyncState state, string sync)
{
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var yesterday = now.AddDays(-1);
        await RemoveAsync<PushKey>(PushPlaces.Keys(sync), yesterday, _ => false, cancellationToken);
        var waiting = await WaitingAsync(cancellationToken);
        await RemoveAsync<PushReceipt>(PushPlaces.Receipts(sync), yesterday, key => waiting.Any(push => key.EndsWith(push.Id, StringComparison.Ordinal)), cancellationToken);
        await RemoveAsync<PushChunk>(PushPlaces.Chunks(sync), yesterday, key => waiting.Any(push => key.Contains($"/{push.Folder}/", StringComparison.Ordinal)), cancellationToken);
    }

    private async Task<List<StagedPush>> WaitingAsync(CancellationToken cancellationToken)
    {
        var waiting = new List<StagedPush>();
        await foreach (var key in state.ListAsync(PushPlaces.StagedOfAll(sync), cancellationToken))
        {
            if (await state.ReadAsync<StagedPush>(key, cancellationToken) is { } push)
            {
                waiting.Add(push.Value);
            }
        }

        return waiting;
    }

    private async Task RemoveAsync<T>(string prefix, DateTimeOffset before, Func<string, bool> isNeeded, CancellationToken cancellationToken)
        where T : class
    {
        var keys = await state.ListAsync(prefix, cancellationToken)
            .Where(key => PushPlaces.IsBefore(key, prefix, before) && !isNeeded(key))
            .ToListAsync(cancellationToken);
        foreach (var key in keys)
        {
            await state.DeleteAsync<T>(key, cancellationToken);
        }
    }
}
