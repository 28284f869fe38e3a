using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions;

/// <summary>Registers what the functions need, the same on Azure and on the embedded host.</summary>
public static class AffinityDurableServices
{
    public static IServiceCollection AddAffinityDurable(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return services;
    }
}
