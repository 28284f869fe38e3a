using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Work;

/// <summary>Registers what keeps pending work and sees to it that it is done.</summary>
internal static class WorkServices
{
    public static IServiceCollection AddWork(this IServiceCollection services)
    {
        services.AddSingleton<WorkBook>();
        services.AddSingleton<WorkJudge>();
        services.AddSingleton<WorkSettlement>();
        services.AddSingleton<WorkStarter>();
        services.AddSingleton<WorkViews>();
        services.AddSingleton(provider => new EntryLookup(
            provider.GetRequiredKeyedService<AffinityClient>(AffinityClient.ReadOnlyKey), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
