using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions;
using AffinityDurable.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Cli.Hosting;

/// <summary>What one invocation of the program works with.</summary>
internal sealed record Session(IConfigurationRoot Configuration, Terminal Terminal, FailOn FailOn, LogLevel LogLevel)
{
    public string StateDirectory => Configuration.StateDirectory();

    /// <summary>Where runs are kept: in the state directory, or in the Blob container that the settings name.</summary>
    public IRunStore RunStore => StoreSettings.RunStore(Configuration);

    /// <summary>Where state is kept, beside the runs.</summary>
    public ISyncState SyncState => StoreSettings.SyncState(Configuration);

    /// <summary>The directory or the container of the runs, as messages name it.</summary>
    public string StorePlace => StoreSettings.PlaceOfStores(Configuration);

    /// <summary>The directory or the container of the definitions, as messages name it.</summary>
    public string DefinitionPlace => StoreSettings.PlaceOfDefinitions(Configuration);

    /// <summary>Makes the state directory if it is not there.</summary>
    /// <exception cref="ProblemException">It cannot be made or written (AFF733).</exception>
    public void EnsureStateDirectory() => EnsureStateDirectory(StateDirectory);

    /// <inheritdoc cref="EnsureStateDirectory()"/>
    public static void EnsureStateDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            using var probe = new FileStream(
                Path.Combine(directory, $".probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(Problem.Of(HostErrors.StateDirectoryUnusable, $"{HostErrors.StateDirectoryUnusable.Title}: {exception.Message}"));
        }
    }

    /// <summary>The engine's services without a host: for commands that only look.</summary>
    public ServiceProvider Services() => new ServiceCollection()
        .AddSingleton<IConfiguration>(Configuration)
        .AddLogging(logging => logging.AddToStandardError(LogLevel))
        .AddAffinityDurable(Configuration)
        .BuildServiceProvider();
}
