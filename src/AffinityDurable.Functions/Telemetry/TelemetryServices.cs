using AffinityDurable.Core.Telemetry;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>Sends spans, metrics and log messages where the settings say.</summary>
public static class TelemetryServices
{
    /// <summary>Connection string of Application Insights.</summary>
    public const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary><c>Authorization=AAD</c>, with <c>ClientId=…</c> for a user-assigned identity: how the Functions host signs in to Application Insights.</summary>
    public const string ApplicationInsightsSignIn = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Address of an OTLP collector.</summary>
    public const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Exports to Application Insights and to an OTLP collector, as far as the settings name them; nothing otherwise. Every log message of a
    /// run's step has a scope with the run, its sync and its list.
    /// </summary>
    public static IServiceCollection AddAffinityDurableTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton<IExternalScopeProvider, RunScopeProvider>();
        var azure = AzureOf(configuration);
        var collector = configuration[Otlp];
        if (azure is null && string.IsNullOrWhiteSpace(collector))
        {
            return services;
        }

        Export(services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(Signals.Name)), azure, collector);
        return services;
    }

    private static void Export(OpenTelemetryBuilder telemetry, Action<AzureMonitorExporterOptions>? azure, string? collector)
    {
        telemetry
            .WithTracing(tracing =>
            {
                tracing.AddSource(Signals.Name);
                _ = azure is null ? tracing : tracing.AddAzureMonitorTraceExporter(azure);
                _ = string.IsNullOrWhiteSpace(collector) ? tracing : tracing.AddOtlpExporter(options => options.Endpoint = new Uri(collector));
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Signals.Name);
                _ = azure is null ? metrics : metrics.AddAzureMonitorMetricExporter(azure);
                _ = string.IsNullOrWhiteSpace(collector) ? metrics : metrics.AddOtlpExporter(options => options.Endpoint = new Uri(collector));
            })
            .WithLogging(
                logging =>
                {
                    _ = azure is null ? logging : logging.AddAzureMonitorLogExporter(azure);
                    _ = string.IsNullOrWhiteSpace(collector) ? logging : logging.AddOtlpExporter(options => options.Endpoint = new Uri(collector));
                },
                options => (options.IncludeScopes, options.IncludeFormattedMessage) = (true, true));
    }

    private static Action<AzureMonitorExporterOptions>? AzureOf(IConfiguration configuration)
    {
        if (configuration[ApplicationInsights] is not { Length: > 0 } connection)
        {
            return null;
        }

        return options =>
        {
            options.ConnectionString = connection;
            options.Credential = CredentialOf(configuration[ApplicationInsightsSignIn]);

            // Else five traces a second are kept and the log messages of the others dropped with them, while alerts have to see every one.
            options.TracesPerSecond = null;
            options.SamplingRatio = 1;
            options.EnableTraceBasedLogsSampler = false;
        };
    }

    /// <summary>Null where the connection string is enough.</summary>
    private static DefaultAzureCredential? CredentialOf(string? signIn)
    {
        var parts = (signIn ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return string.Equals(parts.GetValueOrDefault("Authorization"), "AAD", StringComparison.OrdinalIgnoreCase)
            ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = parts.GetValueOrDefault("ClientId") })
            : null;
    }
}
