using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>Holds the first step that comes to an access of the run store until it is let go on. Others pass.</summary>
internal sealed class Standstill(string access)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the step stands still.</summary>
    public Task Reached => reached.Task.WaitAsync(TimeSpan.FromMinutes(2));

    public void LetGoOn() => released.TrySetResult();

    /// <summary>Watches the run store of an app.</summary>
    public void Watch(IServiceCollection services)
    {
        var store = services.Last(service => service.ServiceType == typeof(IRunStore)).ImplementationFactory!;
        services.AddSingleton<IRunStore>(provider => new ObservedRunStore((IRunStore)store(provider), TellAsync));
    }

    private Task TellAsync(string what) => what == access && reached.TrySetResult() ? released.Task : Task.CompletedTask;
}
