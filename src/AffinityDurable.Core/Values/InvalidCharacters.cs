namespace AffinityDurable.Core.Values;

/// <summary>Finds what no text in a CRM should hold and what JSON cannot carry.</summary>
internal static class InvalidCharacters
{
    /// <summary>Names the first control character (other than tab and line ends) or lone surrogate; null when there is none.</summary>
    public static string? Find(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
            {
                return $"the control character U+{(int)c:X4}";
            }

            if (!char.IsSurrogate(c))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(c, text[i + 1]))
            {
                return $"half of a surrogate pair, U+{(int)c:X4}";
            }

            i++;
        }

        return null;
    }
}
