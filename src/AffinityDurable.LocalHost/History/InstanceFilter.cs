using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.History;

internal sealed record InstanceFilter(
    DateTimeOffset? CreatedFrom, DateTimeOffset? CreatedTo, IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses, string? IdPrefix);
