using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Files;

/// <summary>Reads the keys of file sources.</summary>
internal static partial class FileKeys
{
    /// <summary>The keys that all types of files share.</summary>
    public static FileSettings Read(MapReader source) => new(Path(source), Query(source))
    {
        Pick = source.Word("pick", FilePick.All),
    };

    private static string Path(MapReader source)
    {
        if (source.Text("path", required: true) is not { } text)
        {
            return "";
        }

        if (string.IsNullOrWhiteSpace(text.Value))
        {
            source.Report(DefinitionErrors.BadPath, "'source.path' is empty.", text);
        }
        else if (text.Value.Contains('\0', StringComparison.Ordinal))
        {
            source.Report(DefinitionErrors.BadPath, "'source.path' holds a NUL character.", text);
        }
        else if (UrlScheme().IsMatch(text.Value))
        {
            source.Report(DefinitionErrors.BadPath, "'source.path' is a URL; only files are served yet.", text, "Copy the file to a folder first and give its path.");
        }

        return text.Value;
    }

    public static string? Delimiter(MapReader source)
    {
        if (source.Text("delimiter") is not { } text)
        {
            return null;
        }

        var isOne = text.Value is "tab" or "\\t" || (text.Value.Length == 1 && char.IsAscii(text.Value[0]) && text.Value[0] is not ('"' or '\r' or '\n' or '\0'));
        if (!isOne)
        {
            source.Report(DefinitionErrors.BadDelimiter, $"'source.delimiter' is '{text.Value}'.", text);
        }

        return text.Value;
    }

    private static string? Query(MapReader source)
    {
        if (source.Text("query") is not { } text)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text.Value))
        {
            source.Report(DefinitionErrors.Empty, "'source.query' is empty.", text, "Give one SELECT from the table 'source', or remove the key.");
        }

        return text.Value;
    }

    /// <summary>Two letters at least: a single one is a Windows drive.</summary>
    [GeneratedRegex(@"\A\s*[A-Za-z][A-Za-z0-9+.-]+:/", RegexOptions.None, 1000)]
    private static partial Regex UrlScheme();
}
