using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Http.Lookup;
using AffinityDurable.Sources.Http.Paging;
using AffinityDurable.Sources.Http.Records;

namespace AffinityDurable.Sources.Http;

/// <summary>Reads the keys of a source of type <c>http</c>.</summary>
internal static partial class HttpKeys
{
    private static readonly string[] Methods = ["GET", "POST"];

    public static HttpSettings Read(MapReader source)
    {
        var method = Method(source);
        var mode = source.Word("mode", HttpMode.Feed);
        var auth = source.Word("auth", AuthKind.None);
        var settings = new HttpSettings
        {
            Connection = Required(source, "connection"),
            Mode = mode,
            Url = Url(source),
            Method = method,
            Auth = auth,
            ApiKeyHeader = auth == AuthKind.ApiKey ? HeaderName(source) : "X-Api-Key",
            Parameters = TextMap.Read(source, "parameters"),
            Headers = Headers(source),
            Body = method == HttpMethod.Post ? BodyKey.Read(source) : null,
            Records = Path(source, "records"),
            Columns = Columns(source, required: mode == HttpMode.Lookup),
            Query = source.Node("query") is null ? null : Required(source, "query"),
            RateLimit = Limit(source),
            Retries = source.Integer("retries", 5, 0, 20),
            RequestTimeout = source.Duration("requestTimeout", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Timeout = source.Duration("timeout", TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            Paging = mode == HttpMode.Feed ? PagingKeys.Read(source) : null,
        };
        settings = settings with { Lookup = mode == HttpMode.Lookup ? LookupKeys.Read(source, settings) : null };
        ReportUnknownPlaceholders(source, settings);
        return settings;
    }

    /// <summary>A path into an answer; null when the key is not there or wrong.</summary>
    public static JsonPath? Path(MapReader keys, string key, bool required = false)
    {
        if (keys.Text(key, required) is not { } text)
        {
            return null;
        }

        if (JsonPath.Parse(text.Value) is { } path)
        {
            return path;
        }

        keys.Report(FeedErrors.BadKey, $"'{keys.Path(key)}' is '{text.Value}'.", text, "Give a path of members and lists, such as $.data[*] or $.meta['next'].");
        return null;
    }

    public static string Required(MapReader keys, string key)
    {
        if (keys.Text(key, required: true) is not { } text)
        {
            return "";
        }

        if (string.IsNullOrWhiteSpace(text.Value))
        {
            keys.Report(DefinitionErrors.Empty, $"'{keys.Path(key)}' is empty.", text, "Give a value.");
        }

        return text.Value;
    }

    private static HttpMethod Method(MapReader source)
    {
        if (source.Text("method") is not { } text)
        {
            return HttpMethod.Get;
        }

        if (!Methods.Contains(text.Value))
        {
            source.ReportUnknownWord("method", text, Methods);
        }

        return text.Value == "POST" ? HttpMethod.Post : HttpMethod.Get;
    }

    private static string Url(MapReader source)
    {
        if (source.Text("url", required: true) is not { } text)
        {
            return "";
        }

        if (text.Value.Length == 0 || text.Value.Any(letter => char.IsWhiteSpace(letter) || letter is '\\' or '#'))
        {
            source.Report(FeedErrors.BadKey, "'source.url' is no path and no address.", text, "Give a path below the connection's BaseUrl, such as /v2/companies.");
        }

        return text.Value;
    }

    private static string HeaderName(MapReader source)
    {
        var text = source.Text("apiKeyHeader");
        if (text is not null && !Token().IsMatch(text.Value))
        {
            source.Report(FeedErrors.BadKey, "'source.apiKeyHeader' is not the name of a header.", text, "Give a name such as X-Api-Key.");
        }

        return text?.Value ?? "X-Api-Key";
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Headers(MapReader source)
    {
        var headers = TextMap.Read(source, "headers");
        foreach (var (name, value) in headers)
        {
            if (SecretHeader().IsMatch(name))
            {
                source.Report(DefinitionErrors.Secret, $"The header '{name}' looks like one that holds a secret.", source.Node("headers")!, "Use auth and the keys of the connection.");
            }
            else if (!Token().IsMatch(name) || ReservedHeader().IsMatch(name) || value.Any(char.IsControl))
            {
                source.Report(FeedErrors.BadKey, $"The header '{name}' cannot be set.", source.Node("headers")!, "Remove it, or correct its name.");
            }
        }

        return headers;
    }

    private static List<string> Columns(MapReader source, bool required)
    {
        List<string> columns = [];
        if (source.Node("columns", required) is not { } node)
        {
            return columns;
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            source.Report(DefinitionErrors.WrongType, "'source.columns' is no list.", node, "List paths of members, such as [id, owner.name].");
            return columns;
        }

        foreach (var item in list.Items)
        {
            if (item is not YamlText { Value.Length: > 0 } text || columns.Contains(text.Value, StringComparer.OrdinalIgnoreCase))
            {
                source.Report(FeedErrors.BadKey, "'source.columns' has an item that is no path, or one twice.", item, "List paths of members, such as [id, owner.name].");
                continue;
            }

            columns.Add(text.Value);
        }

        return columns;
    }

    private static RateLimit? Limit(MapReader source)
    {
        if (source.Text("rateLimit") is not { } text)
        {
            return null;
        }

        var limit = RateLimit.Parse(text.Value);
        if (limit is null)
        {
            source.Report(FeedErrors.BadKey, $"'source.rateLimit' is '{text.Value}'.", text, "Give requests per second, minute or hour: 10/s, 100/m, 1000/h.");
        }

        return limit;
    }

    private static void ReportUnknownPlaceholders(MapReader source, HttpSettings settings)
    {
        string[] known = settings.Mode == HttpMode.Feed
            ? [Placeholders.LastSuccess, Placeholders.RunDate]
            : [Placeholders.RunDate, .. Words<LookupKey>()];
        var unknown = settings.Parameters.Select(parameter => parameter.Value).Append(settings.Url)
            .SelectMany(Placeholders.NamesIn).Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            source.Report(
                FeedErrors.BadKey, $"'source' uses {{{string.Join("}, {", unknown)}}}, which stands for nothing.", source.Written,
                $"Known here: {{{string.Join("}, {", known)}}}.");
        }
    }

    internal static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName);

    [GeneratedRegex(@"\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\z", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"auth|cookie|token|secret|password|credential|signature|api-?key|(\A|-)key\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretHeader();

    [GeneratedRegex(@"\A(host|content-.*|transfer-encoding|connection|te|upgrade|expect|if-.*|range)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReservedHeader();
}
