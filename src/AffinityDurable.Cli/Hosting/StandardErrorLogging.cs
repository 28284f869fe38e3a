using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Logs go to standard error: standard output is for results.</summary>
internal static class StandardErrorLogging
{
    public static ILoggingBuilder AddToStandardError(this ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(level).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
