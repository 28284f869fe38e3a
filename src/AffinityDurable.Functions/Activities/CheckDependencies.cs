using AffinityDurable.Functions.Scheduling;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Activities;

/// <summary>Looks whether the syncs that another depends on have ended well; else its occurrence is left to a later tick.</summary>
public sealed partial class CheckDependencies(Dependencies dependencies, ILogger<CheckDependencies> logger)
{
    [Function(nameof(CheckDependencies))]
    public Task<DependencyVerdict> RunAsync([ActivityTrigger] CheckDependenciesInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => CheckAsync(input, cancellationToken));

    private async Task<DependencyVerdict> CheckAsync(CheckDependenciesInput input, CancellationToken cancellationToken)
    {
        var unmet = await dependencies.FindUnmetAsync(input.Sync, input.Now, cancellationToken);
        if (unmet is not null)
        {
            LogWaiting(logger, input.Sync, unmet);
        }

        return new DependencyVerdict(unmet is null);
    }

    [LoggerMessage(1013, LogLevel.Information, "Sync {Sync} is due and waits: {Unmet}")]
    private static partial void LogWaiting(ILogger logger, string sync, string unmet);
}
