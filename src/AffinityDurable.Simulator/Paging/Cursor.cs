using System.Globalization;
using System.Text;

namespace AffinityDurable.Simulator.Paging;

/// <summary>Where a page starts or ends: opaque to clients, unpadded base64 of a right-aligned word and a number.</summary>
internal readonly record struct Cursor(bool IsBefore, long Position)
{
    private const string After = "after:::";
    private const string Before = "before:::";

    public static bool TryParse(string text, out Cursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[64];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        if (padded.Length > 80 || !Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return false;
        }

        var plain = Encoding.ASCII.GetString(bytes[..length]).TrimStart();
        var isBefore = plain.StartsWith(Before, StringComparison.Ordinal);
        if (!isBefore && !plain.StartsWith(After, StringComparison.Ordinal))
        {
            return false;
        }

        var number = plain.AsSpan(isBefore ? Before.Length : After.Length);
        var isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position);
        cursor = new Cursor(isBefore, position);
        return isNumber;
    }

    public override string ToString()
    {
        var plain = string.Create(CultureInfo.InvariantCulture, $"{(IsBefore ? Before : After)}{Position}").PadLeft(16);
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(plain)).TrimEnd('=');
    }
}
