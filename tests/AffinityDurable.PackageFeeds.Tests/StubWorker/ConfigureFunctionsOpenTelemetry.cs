namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

public static class ConfigureFunctionsOpenTelemetry
{
    /// <summary>Of any builder, so that a stub needs no package of OpenTelemetry.</summary>
    public static T UseFunctionsWorkerDefaults<T>(this T builder) => builder;
}
