using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Stores;

namespace AffinityDurable.Sources.Files;

/// <summary>Reads the keys of file sources.</summary>
internal static partial class FileKeys
{
    /// <summary>Whether files that arrive start a run.</summary>
    public const string OnArrival = "onArrival";

    /// <summary>The keys that all types of files share.</summary>
    public static FileSettings Read(MapReader source)
    {
        var path = Path(source);
        return new FileSettings(path, Query(source))
        {
            Connection = Connection(source, path),
            Pick = source.Word("pick", FilePick.All),
            MaxAge = source.DurationIfGiven("maxAge", TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)),
            Marker = Neighbour(source, "marker"),
            Manifest = Neighbour(source, "manifest"),
            OnArrival = source.Flag(OnArrival, otherwise: false),
        };
    }

    private static string? Connection(MapReader source, string path)
    {
        var text = source.Text("connection");
        var remote = RemotePath.Parse(path);
        if (text is not null && string.IsNullOrWhiteSpace(text.Value))
        {
            source.Report(DefinitionErrors.Empty, "'source.connection' is empty.", text);
        }
        else if (text is not null && remote is null)
        {
            source.Report(DefinitionErrors.BadPath, "'source.connection' is given, and 'source.path' is one of this machine.", text, "Give a path such as az://container/path or s3://bucket/path, or remove the connection.");
        }
        else if (text is null && remote?.Scheme == RemotePath.Azure && source.Node("path") is { } node)
        {
            source.Report(DefinitionErrors.MissingKey, "'source.connection' is missing: a path in Azure Blob Storage needs one.", node, "Add the name of a connection.");
        }

        return text?.Value;
    }

    /// <summary>The name of a file next to the data.</summary>
    private static string? Neighbour(MapReader source, string key)
    {
        if (source.Text(key) is not { } text)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text.Value) || text.Value.AsSpan().ContainsAny("/\\*?\0"))
        {
            source.Report(DefinitionErrors.BadPath, $"'source.{key}' is '{text.Value}'.", text, "Give the name of a file next to the data, without a folder.");
        }

        return text.Value;
    }

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
        else if (UrlScheme().IsMatch(text.Value) && RemotePath.Parse(text.Value) is null)
        {
            source.Report(DefinitionErrors.BadPath, "'source.path' is a URL that cannot be read.", text, "Give a path of this machine, az://container/path, or s3://bucket/path.");
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
