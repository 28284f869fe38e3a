using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Sources.Files.Stores;

/// <summary>Finds the store that a path is of.</summary>
internal sealed class FileStores(IOptions<SourceOptions> options, SourceConnections connections)
{
    public SourceOptions Options => options.Value;

    /// <summary>The store, and the path within it.</summary>
    /// <exception cref="ProblemException">No path (AFF202), or no such connection or key (AFF290 to AFF292).</exception>
    public (IFileStore Store, FilePattern Pattern) For(FileSettings settings, string baseDirectory)
    {
        if (string.IsNullOrWhiteSpace(settings.Path))
        {
            throw new ProblemException(Problem.Of(SourceErrors.PathNotGiven, "The source has no path."));
        }

        if (RemotePath.Parse(settings.Path) is not { } remote)
        {
            return (new LocalStore(baseDirectory, Options), new FilePattern(settings.Path));
        }

        var connection = settings.Connection is null ? null : connections.Get(settings.Connection);
        IFileStore store = remote.Scheme == RemotePath.Azure ? BlobStore.Open(connection, remote.Container) : S3Store.Open(connection, remote.Container);
        return (store, new FilePattern(remote.Path));
    }
}
