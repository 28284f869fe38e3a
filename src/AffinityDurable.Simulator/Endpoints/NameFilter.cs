using System.Text;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The one filter that metadata knows: <c>name=…</c> and <c>name=~…</c>, quoted when there are spaces, escaped with a backslash.</summary>
internal static class NameFilter
{
    private const string Special = "\\*~!&=><$^|\"')(][/";

    /// <exception cref="ApiException">400: any other filter.</exception>
    public static Field[] Apply(Field[] fields, string? filter, bool ignoresCase)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return fields;
        }

        var text = filter.Trim();
        if (!text.StartsWith("name", StringComparison.Ordinal) || text[4..].TrimStart() is not ['=', .. var rest])
        {
            throw Illegal();
        }

        var isContains = rest.StartsWith('~');
        var wanted = Unescape((isContains ? rest[1..] : rest).Trim());
        var comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return Array.FindAll(fields, field => isContains ? field.Name.Contains(wanted, comparison) : field.Name == wanted);
    }

    private static string Unescape(string text)
    {
        var isQuoted = text.Length >= 2 && text[0] == '"' && text[^1] == '"';
        var inner = isQuoted ? text[1..^1] : text;
        var plain = new StringBuilder(inner.Length);
        for (var index = 0; index < inner.Length; index++)
        {
            if (inner[index] == '\\' && index + 1 < inner.Length)
            {
                index++;
            }
            else if ((Special.Contains(inner[index], StringComparison.Ordinal) || inner[index] == ' ') && !isQuoted)
            {
                throw Illegal();
            }

            plain.Append(inner[index]);
        }

        return plain.Length > 0 ? plain.ToString() : throw Illegal();
    }

    private static ApiException Illegal() => ApiException.Invalid("filter", "The filter is not valid: only name with = or =~ is supported.");
}
