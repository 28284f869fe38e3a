using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Stores;

namespace AffinityDurable.Sources.Files;

/// <summary>What an export says it consists of.</summary>
/// <param name="Files">Its files.</param>
internal sealed record Manifest(IReadOnlyList<ManifestFile> Files)
{
    private const int MostBytes = 16 * 1024 * 1024;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <summary>Reads a manifest.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="path">Its path there.</param>
    /// <param name="name">As people know it, for messages.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ProblemException">There is none, or it is not one (AFF241).</exception>
    public static async Task<Manifest> ReadAsync(IFileStore store, string path, string name, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(path, cancellationToken).ConfigureAwait(false) ?? throw Bad($"There is no manifest '{name}'.");
        if (found.Length > MostBytes)
        {
            throw Bad($"The manifest '{name}' has more than {MostBytes / 1024 / 1024} MB.");
        }

        var stream = new TransferStream(await store.OpenAsync(found, cancellationToken).ConfigureAwait(false), exception => store.Explain(found, exception));
        await using (stream.ConfigureAwait(false))
        {
            return await ParseAsync(stream, name, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<Manifest> ParseAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await JsonSerializer.DeserializeAsync<Manifest>(stream, Json, cancellationToken).ConfigureAwait(false);
            return manifest?.Files is { Count: > 0 } files && files.All(file => !string.IsNullOrWhiteSpace(file?.Path))
                ? manifest
                : throw Bad($"The manifest '{name}' lists no files, or one without a path.");
        }
        catch (JsonException)
        {
            throw Bad($"The manifest '{name}' is not JSON as it should be, or not complete.");
        }
    }

    private static ProblemException Bad(string message) => new(Problem.Of(FileErrors.BadManifest, message));
}

/// <summary>One file of an export.</summary>
/// <param name="Path">Relative to the folder of the manifest.</param>
/// <param name="Bytes">Its size as it is stored.</param>
/// <param name="Rows">Its records.</param>
/// <param name="Sha256">Of its bytes as they are stored, in hexadecimal.</param>
internal sealed record ManifestFile(string Path, long? Bytes = null, long? Rows = null, string? Sha256 = null);
