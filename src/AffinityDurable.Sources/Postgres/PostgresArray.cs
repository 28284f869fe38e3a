using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AffinityDurable.Sources.Postgres;

/// <summary>PostgreSQL's text of an array, such as <c>{AI,"a, b",NULL}</c>, as a JSON array.</summary>
internal static class PostgresArray
{
    /// <summary>Null for an array without items.</summary>
    /// <param name="text">The server's text.</param>
    /// <param name="element">From the server's text of an item to ours.</param>
    /// <param name="areNumbers">Whether items become JSON numbers.</param>
    public static string? AsJson(string text, Func<string, string?> element, bool areNumbers)
    {
        // Arrays that do not begin at 1 have their bounds in front: [0:1]={a,b}
        var at = text.StartsWith('[') ? text.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        var array = Read(text, ref at, element, areNumbers);
        return array.Count == 0 ? null : array.ToJsonString(Relaxed);
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonArray Read(string text, ref int at, Func<string, string?> element, bool areNumbers)
    {
        var array = new JsonArray();
        at++;
        while (text[at] != '}')
        {
            array.Add(text[at] switch
            {
                '{' => Read(text, ref at, element, areNumbers),
                '"' => Item(Quoted(text, ref at), element, areNumbers),
                _ => Bare(text, ref at) is var bare && bare == "NULL" ? null : Item(bare, element, areNumbers),
            });
            at += text[at] == ',' ? 1 : 0;
        }

        at++;
        return array;
    }

    private static JsonNode? Item(string text, Func<string, string?> element, bool areNumbers) => element(text) switch
    {
        null => null,
        var number when areNumbers && (char.IsAsciiDigit(number[^1])) => JsonNode.Parse(number),
        var word => JsonValue.Create(word),
    };

    private static string Bare(string text, ref int at)
    {
        var start = at;
        at = text.AsSpan(start).IndexOfAny(',', '}') + start;
        return text[start..at];
    }

    private static string Quoted(string text, ref int at)
    {
        var item = new StringBuilder();
        for (at++; text[at] != '"'; at++)
        {
            at += text[at] == '\\' ? 1 : 0;
            item.Append(text[at]);
        }

        at++;
        return item.ToString();
    }
}
