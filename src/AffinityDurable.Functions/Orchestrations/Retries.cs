using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Retries for infrastructure faults; expected failures are results and never come here.</summary>
internal static class Retries
{
    public static TaskOptions Infrastructure { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 4,
        firstRetryInterval: TimeSpan.FromSeconds(2),
        backoffCoefficient: 3));
}
