using System.Text;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>Definitions as <c>*.yaml</c> and <c>*.yml</c> files of one folder. Files that start with a dot are none.</summary>
public sealed class FolderDefinitions : DefinitionStore
{
    private readonly string folder;

    /// <param name="folder">The folder; it may not exist yet, which is as good as empty.</param>
    /// <param name="environment">The environment whose overlay holds; null for none.</param>
    public FolderDefinitions(string folder, string? environment = null)
        : base($"folder {Path.GetFullPath(folder)}", Path.GetFullPath(folder), environment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        this.folder = Path.GetFullPath(folder);
    }

    public override async Task<IReadOnlyList<DefinitionFile>> ReadFilesAsync(CancellationToken cancellationToken)
    {
        var files = new List<DefinitionFile>();
        foreach (var name in Names().Where(DefinitionFile.IsOne).Order(StringComparer.Ordinal))
        {
            files.Add(await ReadAsFileAsync(name, cancellationToken).ConfigureAwait(false));
        }

        return files;
    }

    private IEnumerable<string> Names() =>
        NamesIn(folder).Concat(NamesIn(Path.Combine(folder, DefinitionFile.Overlays)).Select(name => DefinitionFile.Overlays + name));

    private static IEnumerable<string> NamesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)) : [];

    private async Task<DefinitionFile> ReadAsFileAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var text = await ReadTextAsync(Path.Combine(folder, name), cancellationToken).ConfigureAwait(false);
            return new DefinitionFile(name, text, DefinitionFile.ETagOf(text));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new DefinitionFile(name, "", "", Problem.Of(DefinitionErrors.Unreadable, $"'{name}' in {folder} cannot be read: {unreadable.Message}", file: name));
        }
    }

    /// <summary>Reads one character more than a definition may have: enough for the parser to refuse it.</summary>
    private static async Task<string> ReadTextAsync(string file, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = new char[Math.Min(new FileInfo(file).Length, DefinitionParser.MaxLength) + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
        return new string(text, 0, length);
    }
}
