using System.Globalization;
using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Client;

/// <content>Reading and purging.</content>
internal sealed partial class EmbeddedDurableTaskClient
{
    private const int PurgeSlice = 200;

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.FromResult(engine.Reader.FindInstance(instanceId)?.ToMetadata(getInputsAndOutputs ? engine.Converter : null));
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        var where = new InstanceFilter(query.CreatedFrom, query.CreatedTo, query.Statuses?.ToList(), query.InstanceIdPrefix);
        return Pageable.Create((token, size, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var pageSize = size ?? query.PageSize;
            var after = (token ?? query.ContinuationToken) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
            var rows = engine.Reader.Query(where, after, pageSize);
            var next = rows.Count == pageSize ? rows[^1].Key.ToString(CultureInfo.InvariantCulture) : null;
            return Task.FromResult(new Page<OrchestrationMetadata>(
                [.. rows.Select(row => row.ToMetadata(query.FetchInputsAndOutputs ? engine.Converter : null))], next));
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        var purge = new PurgeWrite([instanceId], options?.Recursive == true);
        await engine.WriteAsync(purge).ConfigureAwait(false);
        return new PurgeResult(purge.Purged, isComplete: true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var where = new InstanceFilter(filter.CreatedFrom, filter.CreatedTo, PurgeableStatuses(filter), IdPrefix: null);
        var count = 0;
        long after = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = engine.Reader.Query(where, after, PurgeSlice);
            if (rows.Count == 0)
            {
                return new PurgeResult(count, isComplete: true);
            }

            var purge = new PurgeWrite([.. rows.Select(row => row.Id)], options?.Recursive == true);
            await engine.WriteAsync(purge).ConfigureAwait(false);
            count += purge.Purged;
            after = rows[^1].Key;
        }
    }

    private static List<OrchestrationRuntimeStatus> PurgeableStatuses(PurgeInstancesFilter filter)
    {
        var wanted = filter.Statuses?.ToList() ?? [];
        return
        [
            .. new[] { OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated }
                .Where(status => wanted.Count == 0 || wanted.Contains(status)),
        ];
    }
}
