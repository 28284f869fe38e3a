using System.Globalization;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Stores;

namespace AffinityDurable.Sources.Files;

/// <summary>Whether an export is recent and complete, by what it says itself.</summary>
/// <param name="store">Where it is.</param>
/// <param name="settings">What the definition asks for.</param>
/// <param name="files">The files that would be read.</param>
/// <param name="folder">Where they lie, with a <c>/</c> at the end.</param>
internal sealed class ExportCheck(IFileStore store, FileSettings settings, IReadOnlyList<StoredFile> files, string folder)
{
    private StoredFile Newest => files.MaxBy(file => file.WrittenAt)!;

    /// <summary>Checks all that the definition asks for.</summary>
    /// <returns>What the manifest says of each file, by path; nothing without a manifest.</returns>
    /// <exception cref="ProblemException">Too old (AFF239), no marker (AFF240), or not as the manifest says (AFF241, AFF242).</exception>
    public async Task<IReadOnlyDictionary<string, ManifestFile>> RunAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        RequireRecent(readAt);
        await RequireMarkerAsync(cancellationToken).ConfigureAwait(false);
        return await ReadManifestAsync(cancellationToken).ConfigureAwait(false);
    }

    private void RequireRecent(DateTimeOffset readAt)
    {
        var age = readAt - Newest.WrittenAt;
        if (settings.MaxAge is { } most && age > most)
        {
            throw Fail(FileErrors.TooOld, string.Create(
                CultureInfo.InvariantCulture,
                $"'{Newest.Name}' was written {Newest.WrittenAt:yyyy-MM-dd HH:mm}Z, {age.TotalHours:0.#} hours before this read; at most {most.TotalHours:0.#} hours are allowed."));
        }
    }

    private async Task RequireMarkerAsync(CancellationToken cancellationToken)
    {
        if (settings.Marker is null)
        {
            return;
        }

        var marker = await store.FindAsync(folder + settings.Marker, cancellationToken).ConfigureAwait(false)
            ?? throw Fail(FileErrors.NoMarker, $"There is no '{settings.Marker}' next to '{Newest.Name}'.");
        if (marker.WrittenAt < Newest.WrittenAt)
        {
            throw Fail(FileErrors.NoMarker, $"'{marker.Name}' is older than '{Newest.Name}': a new export is being written.");
        }
    }

    private async Task<IReadOnlyDictionary<string, ManifestFile>> ReadManifestAsync(CancellationToken cancellationToken)
    {
        if (settings.Manifest is null)
        {
            return new Dictionary<string, ManifestFile>();
        }

        var manifest = await Manifest.ReadAsync(store, folder + settings.Manifest, settings.Manifest, cancellationToken).ConfigureAwait(false);
        var listed = new Dictionary<string, ManifestFile>(StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (!listed.TryAdd(folder + file.Path, file))
            {
                throw Fail(FileErrors.BadManifest, $"The manifest '{settings.Manifest}' lists '{file.Path}' twice.");
            }
        }

        RequireSame(listed);
        return listed;
    }

    private void RequireSame(Dictionary<string, ManifestFile> listed)
    {
        if (settings.Pick == FilePick.All && listed.Keys.Except(files.Select(file => file.Path), StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw Fail(FileErrors.NotAsInManifest, $"'{missing}' is in the manifest and not there, or the path does not match it.");
        }

        foreach (var file in files)
        {
            if (!listed.TryGetValue(file.Path, out var entry))
            {
                throw Fail(FileErrors.NotAsInManifest, $"'{file.Name}' is there and not in the manifest.");
            }

            if (entry.Bytes is { } bytes && bytes != file.Length)
            {
                throw Fail(FileErrors.NotAsInManifest, $"'{file.Name}' has {file.Length} bytes, the manifest says {bytes}.");
            }
        }
    }

    private static ProblemException Fail(ErrorCode code, string message) => new(Problem.Of(code, message));
}
