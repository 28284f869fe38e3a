using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files.Stores;

namespace AffinityDurable.Sources.Files;

/// <summary>Base of sources that are files: finds them, brings them to this machine where they are not, and opens them one after the other.</summary>
internal abstract class FileSourceAdapter(FileIntake intake) : SourceAdapter<FileSettings>
{
    protected SourceOptions Options => intake.Options;

    /// <summary>Opens what the settings name, for one pass.</summary>
    public Task<ISourceReader> OpenAsync(FileSettings settings, string baseDirectory, CancellationToken cancellationToken) =>
        OpenAsync(settings, baseDirectory, DateTimeOffset.UtcNow, cancellationToken);

    /// <param name="settings">What to open.</param>
    /// <param name="baseDirectory">Folder of the definition.</param>
    /// <param name="readAt">When the read begins: the age of files is counted from here.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public Task<ISourceReader> OpenAsync(FileSettings settings, string baseDirectory, DateTimeOffset readAt, CancellationToken cancellationToken) =>
        OpenAsync(settings, new SourceRequest { Source = new SourceDefinition { Type = Name }, BaseDirectory = baseDirectory, ReadAt = readAt }, cancellationToken);

    protected override FileSettings Read(MapReader keys) => FileKeys.Read(keys);

    protected override SourceTraits TraitsOf(FileSettings settings) => new()
    {
        Place = settings.Path,
        IsRemote = RemotePath.Parse(settings.Path) is not null,
    };

    protected override async Task<ISourceReader> OpenAsync(FileSettings settings, SourceRequest request, CancellationToken cancellationToken)
    {
        var resources = new ResourceStack();
        try
        {
            var folder = resources.Add(new WorkFolder(Options));
            var files = await intake.TakeAsync(settings, request.BaseDirectory, request.ReadAt, folder, cancellationToken).ConfigureAwait(false);
            return await Task.Run(() => Open(files, settings, request.Needed, folder, resources, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            resources.Dispose();
            throw;
        }
    }

    /// <summary>Makes the files ready to be read.</summary>
    /// <param name="files">Sound as far as their storage can tell; at least one.</param>
    /// <param name="settings">The keys of the source.</param>
    /// <param name="folder">For what has to be on disk.</param>
    /// <param name="resources">Takes what has to be disposed.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    protected abstract (IReadOnlyList<FilePart> Parts, DuckDbSandbox Sandbox) Prepare(
        IReadOnlyList<SourceFile> files, FileSettings settings, WorkFolder folder, ResourceStack resources, CancellationToken cancellationToken);

    private FileReader Open(
        IReadOnlyList<SourceFile> files,
        FileSettings settings,
        IReadOnlySet<string>? needed,
        WorkFolder folder,
        ResourceStack resources,
        CancellationToken cancellationToken)
    {
        var (parts, sandbox) = Prepare(files, settings, folder, resources, cancellationToken);
        foreach (var part in parts)
        {
            if (part.File.ExpectedRecords is { } expected && expected != part.Records)
            {
                throw new ProblemException(Problem.Of(FileErrors.NotAsInManifest, $"'{part.File.Name}' has {part.Records} records, the manifest says {expected}."));
            }
        }

        return new FileReader(parts, sandbox, settings.Query, resources, needed);
    }
}
