using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions.Overlays;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>Definitions as files, as one environment has them.</summary>
/// <param name="place">The store, as messages name it.</param>
/// <param name="baseDirectory">Where relative paths of definitions start.</param>
/// <param name="environment">The environment whose overlay holds; null for none.</param>
public abstract partial class DefinitionStore(string place, string baseDirectory, string? environment) : IDefinitionStore
{
    /// <summary>All files, overlays too, by name.</summary>
    public abstract Task<IReadOnlyList<DefinitionFile>> ReadFilesAsync(CancellationToken cancellationToken);

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var definitions = await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return [.. definitions.Select(definition => definition.Sync).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public async Task<DefinitionText> ReadAsync(string sync, CancellationToken cancellationToken) =>
        DefinitionSet.Pick(sync, await ReadAllAsync(cancellationToken).ConfigureAwait(false), place);

    public async Task<IReadOnlyList<DefinitionText>> ReadAllAsync(CancellationToken cancellationToken) =>
        Resolve(await ReadFilesAsync(cancellationToken).ConfigureAwait(false), environment, baseDirectory);

    /// <summary>The definitions among files, as an environment has them.</summary>
    public static IReadOnlyList<DefinitionText> Resolve(IReadOnlyList<DefinitionFile> files, string? environment, string baseDirectory)
    {
        ArgumentNullException.ThrowIfNull(files);
        var overlay = environment is null ? null : OverlayOf(files, environment);
        return [.. files.Where(file => !file.IsOverlay).Select(file => Text(file, overlay, baseDirectory))];
    }

    /// <summary>The environments that have an overlay.</summary>
    public static IReadOnlyList<string> EnvironmentsOf(IReadOnlyList<DefinitionFile> files) =>
        [.. files.Where(file => file.IsOverlay).Select(file => Path.GetFileNameWithoutExtension(file.Name)).Distinct(StringComparer.Ordinal)];

    private static DefinitionText Text(DefinitionFile file, OverlayFile? overlay, string baseDirectory)
    {
        var sync = DefinitionParser.SyncOf(file.Text) ?? Path.GetFileNameWithoutExtension(file.Name);
        var etag = overlay is not null && overlay.Has(sync) ? $"{file.ETag}+{overlay.ETag}" : file.ETag;
        return new DefinitionText(sync, file.Text, file.Name, etag, baseDirectory) { Unreadable = file.Unreadable, Overlay = overlay };
    }

    /// <summary>Without its overlay an environment might write to the list of another: a missing one is an error of every definition.</summary>
    private static OverlayFile OverlayOf(IReadOnlyList<DefinitionFile> files, string environment)
    {
        var name = $"{DefinitionFile.Overlays}{environment}.yaml";
        if (!EnvironmentName().IsMatch(environment))
        {
            return OverlayFile.Unusable(name, Problem.Of(OverlayErrors.BadEnvironment, $"'{environment}' cannot be the name of an environment.", file: name));
        }

        return files.FirstOrDefault(file => file.IsOverlay && Path.GetFileNameWithoutExtension(file.Name) == environment) switch
        {
            null => OverlayFile.Unusable(name, Problem.Of(OverlayErrors.Missing, $"The environment is '{environment}', and there is no '{name}'.", file: name)),
            { Unreadable: { } unreadable } => OverlayFile.Unusable(name, unreadable),
            var file => OverlayFile.Parse(file.Text, file.Name, file.ETag),
        };
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?\z", RegexOptions.None, 1000)]
    private static partial Regex EnvironmentName();
}
