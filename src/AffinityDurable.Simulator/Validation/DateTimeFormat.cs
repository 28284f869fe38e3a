namespace AffinityDurable.Simulator.Validation;

/// <summary>The <c>date-time</c> of RFC 3339: full date, time with seconds, and an offset.</summary>
internal static class DateTimeFormat
{
    /// <summary>Gives the UTC calendar date of the text, the only part that Affinity keeps.</summary>
    public static bool TryReadUtcDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length < 20
            || !TryNumber(text[..4], out var year) || text[4] != '-'
            || !TryNumber(text[5..7], out var month) || text[7] != '-'
            || !TryNumber(text[8..10], out var day) || text[10] is not ((byte)'T' or (byte)'t')
            || !TryNumber(text[11..13], out var hour) || text[13] != ':'
            || !TryNumber(text[14..16], out var minute) || text[16] != ':'
            || !TryNumber(text[17..19], out var second)
            || !TryOffset(SkipFraction(text[19..]), out var offset))
        {
            return false;
        }

        var isCalendarDay = year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        if (!isCalendarDay || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        return TryShift(new DateOnly(year, month, day), (hour * 60) + minute - offset, out date);
    }

    private static bool TryShift(DateOnly local, int minutesOfDay, out DateOnly date)
    {
        var days = Math.DivRem(minutesOfDay, 24 * 60, out var rest) - (rest < 0 ? 1 : 0);
        var number = local.DayNumber + days;

        // The first and the last day have no midnight Pacific within the calendar of DateTime.
        var fits = number > 0 && number < DateOnly.MaxValue.DayNumber;
        date = fits ? DateOnly.FromDayNumber(number) : default;
        return fits;
    }

    private static ReadOnlySpan<byte> SkipFraction(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '.')
        {
            return text;
        }

        var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 ? text[(digits + 1)..] : default;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryNumber(text[1..3], out var hours) || !TryNumber(text[4..6], out var rest) || hours > 23 || rest > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + rest) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
