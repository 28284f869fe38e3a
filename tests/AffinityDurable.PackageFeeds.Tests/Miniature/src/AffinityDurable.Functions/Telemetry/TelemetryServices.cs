using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>What Program.cs of the function app calls.</summary>
public static class TelemetryServices
{
    public static IServiceCollection AddAffinityDurableTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services;
    }
}
