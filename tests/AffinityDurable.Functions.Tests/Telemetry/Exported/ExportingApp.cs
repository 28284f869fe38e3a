using AffinityDurable.Functions.Telemetry;
using AffinityDurable.Functions.Tests.World;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AffinityDurable.Functions.Tests.Telemetry.Exported;

/// <summary>What it takes for an app to send its telemetry as it does on Azure.</summary>
internal static class ExportingApp
{
    /// <summary>Settings of the app as <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> makes them.</summary>
    public static Action<IServiceCollection> To(IngestionServer server) => services => services.AddAffinityDurableTelemetry(
        new ConfigurationBuilder().AddInMemoryCollection([new(TelemetryServices.ApplicationInsights, server.ConnectionString)]).Build());

    /// <summary>A host starts the providers when it starts; here nobody else does.</summary>
    public static TestApp Told(this TestApp app)
    {
        Assert.NotNull(app.Services.GetRequiredService<TracerProvider>());
        Assert.NotNull(app.Services.GetRequiredService<MeterProvider>());
        return app;
    }

    /// <summary>Sends what has been told so far.</summary>
    public static void Send(this TestApp app)
    {
        Assert.True(app.Services.GetRequiredService<TracerProvider>().ForceFlush());
        Assert.True(app.Services.GetRequiredService<MeterProvider>().ForceFlush());
        Assert.True(app.Services.GetRequiredService<LoggerProvider>().ForceFlush());
    }
}
