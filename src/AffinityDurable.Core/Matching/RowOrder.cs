using System.Globalization;

namespace AffinityDurable.Core.Matching;

/// <summary>Reads the cells of a <c>latestBy</c> column: numbers, or dates and timestamps, but not both in one column.</summary>
internal sealed class RowOrder
{
    private bool? areNumbers;

    /// <summary>A cell as a number that grows with it; false when it is empty, unreadable, or of the other kind than those before.</summary>
    public bool TryRead(string? cell, out decimal key)
    {
        key = 0;
        if (cell is null)
        {
            return false;
        }

        var isNumber = decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out key);
        if (!isNumber && !TryReadTime(cell, out key))
        {
            return false;
        }

        areNumbers ??= isNumber;
        return areNumbers == isNumber;
    }

    /// <summary>A timestamp without an offset is taken for UTC.</summary>
    private static bool TryReadTime(string cell, out decimal key)
    {
        var isTime = DateTimeOffset.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        key = time.UtcTicks;
        return isTime && cell.Length >= 10 && char.IsAsciiDigit(cell[0]) && cell[4] == '-';
    }
}
