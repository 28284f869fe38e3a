using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AffinityDurable.Core.Values;

/// <summary>Reads JSON strings that need not be well-formed Unicode.</summary>
internal static class JsonText
{
    /// <summary>Reads a string; false for another kind of value and for one that escapes half of a surrogate pair or is no UTF-8.</summary>
    public static bool TryReadText(this JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
