using AffinityDurable.Cli.Output;
using AffinityDurable.Functions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Cli.Hosting;

/// <summary>What one invocation of the program works with.</summary>
internal sealed record Session(IConfigurationRoot Configuration, Terminal Terminal, FailOn FailOn, LogLevel LogLevel)
{
    public string StateDirectory => Configuration.StateDirectory();

    /// <summary>The engine's services without a host: for commands that only look.</summary>
    public ServiceProvider Services() => new ServiceCollection()
        .AddSingleton<IConfiguration>(Configuration)
        .AddLogging(logging => logging.AddToStandardError(LogLevel))
        .AddAffinityDurable(Configuration)
        .BuildServiceProvider();
}
