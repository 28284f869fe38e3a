using System.Security.Cryptography;
using System.Text;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>Definitions as <c>*.yaml</c> and <c>*.yml</c> files of one folder. Files that start with a dot are none.</summary>
public sealed class FolderDefinitions : IDefinitionStore
{
    private readonly string folder;

    /// <param name="folder">The folder; it may not exist yet, which is as good as empty.</param>
    public FolderDefinitions(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        this.folder = Path.GetFullPath(folder);
    }

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var definitions = await ReadAllAsync(cancellationToken);
        return [.. definitions.Select(definition => definition.Sync).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public async Task<DefinitionText> ReadAsync(string sync, CancellationToken cancellationToken) =>
        DefinitionSet.Pick(sync, await ReadAllAsync(cancellationToken), $"folder {folder}");

    public async Task<IReadOnlyList<DefinitionText>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var definitions = new List<DefinitionText>();
        foreach (var file in Files())
        {
            definitions.Add(await ReadFileAsync(file, cancellationToken));
        }

        return definitions;
    }

    private IEnumerable<string> Files() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" && !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal)
        : [];

    private async Task<DefinitionText> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(file);
        try
        {
            var text = await ReadTextAsync(file, cancellationToken);
            var etag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
            return new DefinitionText(DefinitionParser.SyncOf(text) ?? Path.GetFileNameWithoutExtension(name), text, name, etag, folder);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(Problem.Of(DefinitionErrors.Unreadable, $"'{name}' in {folder} cannot be read: {unreadable.Message}", file: name));
        }
    }

    /// <summary>Reads one character more than a definition may have: enough for the parser to refuse it.</summary>
    private static async Task<string> ReadTextAsync(string file, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = new char[Math.Min(new FileInfo(file).Length, YamlTree.MaxLength) + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        return new string(text, 0, length);
    }
}
