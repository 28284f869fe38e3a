namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What Program.cs of the function app takes from the packages of OpenTelemetry, which the real one brings along.</summary>
public static class OpenTelemetryServices
{
    public static IServiceCollection AddOpenTelemetry(this IServiceCollection services) => services;
}
