using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>Enough for the function app of the repository to compile and start.</summary>
public static class TelemetryServices
{
    public static IServiceCollection AddAffinityDurableTelemetry(this IServiceCollection services, IConfiguration configuration) => services;
}
