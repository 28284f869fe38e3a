using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.Csv;

/// <summary>The byte between fields.</summary>
internal static class CsvDelimiter
{
    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>As a definition gives it; <c>\t</c> and <c>tab</c> spell the tab.</summary>
    /// <exception cref="ProblemException">It cannot be one (AFF209).</exception>
    public static byte Parse(string given)
    {
        var text = given is "\\t" or "tab" ? "\t" : given;
        return text.Length == 1 && char.IsAscii(text[0]) && text[0] is not ('"' or '\r' or '\n' or '\0')
            ? (byte)text[0]
            : throw new ProblemException(Problem.Of(SourceErrors.BadDelimiter, $"'{given}' cannot be a delimiter."));
    }

    /// <summary>The candidate that the header holds most often outside quotes; a comma when there is none.</summary>
    /// <param name="bytes">Starts with the header.</param>
    public static byte Detect(ReadOnlySpan<byte> bytes)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        var quoted = false;
        foreach (var value in bytes[..Math.Min(bytes.Length, RecordLimits.MaxBytes)])
        {
            if (!quoted && value is (byte)'\n' or (byte)'\r')
            {
                break;
            }

            quoted ^= value == (byte)'"';
            var candidate = quoted ? -1 : Candidates.IndexOf(value);
            if (candidate >= 0)
            {
                counts[candidate]++;
            }
        }

        var best = 0;
        for (var at = 1; at < counts.Length; at++)
        {
            best = counts[at] > counts[best] ? at : best;
        }

        return Candidates[best];
    }
}
