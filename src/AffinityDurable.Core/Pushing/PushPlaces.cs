using System.Globalization;

namespace AffinityDurable.Core.Pushing;

/// <summary>Keys of the state documents about pushes.</summary>
internal static class PushPlaces
{
    private const string DayFormat = "yyyyMMdd";
    private const int DayLength = 8;

    private static long latest;

    /// <summary>A new id: the time, to the tick, and something that no other has. In one process each is later than the one before.</summary>
    public static string NewId(DateTimeOffset at) => Unique(new DateTimeOffset(Later(at.UtcTicks), TimeSpan.Zero), "yyyyMMddTHHmmssfffffff");

    /// <summary>A new folder for chunks.</summary>
    public static string NewFolder(DateTimeOffset at) => Unique(at, DayFormat);

    public static string Staged(string sync, string source) => $"pushes/{sync}/{source}/";

    public static string StagedOfAll(string sync) => $"pushes/{sync}/";

    public static string Chunks(string sync) => $"pushed-rows/{sync}/";

    public static string Chunk(string sync, string folder, int number) => $"{Chunks(sync)}{folder}/{number.ToString("D6", CultureInfo.InvariantCulture)}";

    public static string Receipts(string sync) => $"push-receipts/{sync}/";

    /// <summary>Null for what cannot be an id.</summary>
    public static string? Receipt(string sync, string id) =>
        id.Length > DayLength && id.Length <= 40 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? $"{Receipts(sync)}{id[..DayLength]}/{id}" : null;

    public static string Keys(string sync) => $"push-keys/{sync}/";

    public static string Key(string sync, DateTimeOffset day, string hash) => $"{Keys(sync)}{Day(day)}/{hash}";

    /// <summary>Whether a document below one of these prefixes is of a day before another; days are the beginning of what follows the prefix.</summary>
    public static bool IsBefore(string key, string prefix, DateTimeOffset day) => string.CompareOrdinal(key, prefix.Length, Day(day), 0, DayLength) < 0;

    /// <summary>A clock may say the same time twice.</summary>
    private static long Later(long ticks)
    {
        while (true)
        {
            var last = Interlocked.Read(ref latest);
            var next = ticks <= last && last - ticks < TimeSpan.TicksPerSecond ? last + 1 : ticks;
            if (Interlocked.CompareExchange(ref latest, next, last) == last)
            {
                return next;
            }
        }
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string Unique(DateTimeOffset at, string format) =>
        $"{at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..12]}";
}
