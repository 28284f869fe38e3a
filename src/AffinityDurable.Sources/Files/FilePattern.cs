using System.Text;
using System.Text.RegularExpressions;

namespace AffinityDurable.Sources.Files;

/// <summary>
/// A path that may have wildcards: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders.
/// A wildcard at the start of a name leaves out names that begin with a dot or an underscore: by custom those are no data.
/// </summary>
internal sealed class FilePattern
{
    private readonly Regex? _regex;

    public FilePattern(string path)
    {
        Path = OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
        var wildcard = Path.AsSpan().IndexOfAny("*?");
        Folder = Path[..(Path.AsSpan(0, wildcard < 0 ? Path.Length : wildcard).LastIndexOf('/') + 1)];
        _regex = wildcard < 0 ? null : new Regex(ToRegex(Path), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    public string Path { get; }

    /// <summary>All folders before the first wildcard, or of the file, with a <c>/</c> at the end; empty when there are none.</summary>
    public string Folder { get; }

    public bool HasWildcards => _regex is not null;

    /// <summary>Levels of folders below <see cref="Folder"/> that may hold a match.</summary>
    public int Depth => Path.Contains("**", StringComparison.Ordinal) ? MostFolders : Path[Folder.Length..].Count(letter => letter == '/');

    private const int MostFolders = 32;

    public bool Matches(string path) => _regex?.IsMatch(path) ?? path == Path;

    private static string ToRegex(string path)
    {
        var regex = new StringBuilder("\\A");
        for (var rest = path.AsSpan(); !rest.IsEmpty;)
        {
            var atStart = rest.Length == path.Length || path[path.Length - rest.Length - 1] == '/';
            var token = atStart && rest.StartsWith("**/") ? "**/" : rest.StartsWith("**") ? "**" : rest[..1].ToString();
            rest = rest[token.Length..];
            regex.Append(token switch
            {
                "**/" => "([^/._][^/]*/)*",
                "**" => "([^/._][^/]*/)*([^/._][^/]*)?",
                "*" when atStart => "([^/._][^/]*)?",
                "*" => "[^/]*",
                "?" when atStart => "[^/._]",
                "?" => "[^/]",
                _ => Regex.Escape(token),
            });
        }

        return regex.Append("\\z").ToString();
    }
}
