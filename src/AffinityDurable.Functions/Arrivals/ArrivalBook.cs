using System.Security.Cryptography;
using System.Text;
using AffinityDurable.Core.Runs;
using AffinityDurable.Sources.Files.Arrivals;

namespace AffinityDurable.Functions.Arrivals;

/// <summary>Remembers which versions of which files have started a run of a sync, so that news that come twice start one.</summary>
public sealed class ArrivalBook(ISyncState state)
{
    /// <summary>News are late by minutes or days, not by more versions than this.</summary>
    private const int MostVersions = 20;

    /// <summary>Whether this version of the file is known. One without a version never is.</summary>
    public async Task<bool> KnowsAsync(string sync, ArrivedFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Version is { } version
            && await state.ReadAsync<KnownArrival>(KeyOf(sync, file), cancellationToken) is { } known
            && known.Value.Versions.Contains(version);
    }

    /// <summary>Notes a version of a file. Call it once the work that it brings is kept.</summary>
    public async Task NoteAsync(string sync, ArrivedFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        string? noted = null;
        while (file.Version is { } version && noted is null)
        {
            var known = await state.ReadAsync<KnownArrival>(KeyOf(sync, file), cancellationToken);
            noted = known is null
                ? await state.TryCreateAsync(KeyOf(sync, file), new KnownArrival(file.Name, [version]), cancellationToken)
                : await state.TryReplaceAsync(KeyOf(sync, file), known.Value.With(version), known.ETag, cancellationToken);
        }
    }

    private static string KeyOf(string sync, ArrivedFile file) =>
        $"arrivals/{sync}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Name)))[..32]}";

    private sealed record KnownArrival(string Name, IReadOnlyList<string> Versions)
    {
        public KnownArrival With(string version) => this with { Versions = [.. Versions.Append(version).Distinct(StringComparer.Ordinal).TakeLast(MostVersions)] };
    }
}
