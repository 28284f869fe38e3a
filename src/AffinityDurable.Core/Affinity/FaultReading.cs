using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <summary>Makes faults of answers that are no success.</summary>
internal static partial class FaultReading
{
    private const int MostItems = 20;
    private const int LongestMessage = 500;

    public static AffinityFault Read(HttpStatusCode status, RateLimits limits, ReadOnlyMemory<byte> body, string key)
    {
        var items = Items(body, key);
        var message = items.Count == 0
            ? $"Status {(int)status} without Affinity's error envelope."
            : string.Join(" ", items.Select(item => item.Message));
        var merge = status == HttpStatusCode.UnprocessableEntity ? MergeIn(items) : null;
        return new AffinityFault(merge is null ? Kind(status, limits) : FaultKind.Merged, (int)status, message, items, merge?.Into, merge?.From);
    }

    /// <summary>
    /// Which limit a 429 speaks of is not said anywhere; the remaining counts tell: none of the month, none of the minute,
    /// else too many at once. Without counts, or with an order to wait, it is treated like the minute.
    /// </summary>
    private static FaultKind Kind(HttpStatusCode status, RateLimits limits) => (int)status switch
    {
        401 => FaultKind.Unauthenticated,
        403 => FaultKind.Forbidden,
        404 => FaultKind.NotFound,
        429 when limits.OrgRemaining == 0 => FaultKind.MonthlyLimit,
        429 when limits.UserRemaining is null or 0 || limits.RetryAfter is not null => FaultKind.MinuteLimit,
        429 => FaultKind.ConcurrencyLimit,
        501 => FaultKind.Refused,
        408 or >= 500 => FaultKind.Unavailable,
        _ => FaultKind.Refused,
    };

    private static List<FaultItem> Items(ReadOnlyMemory<byte> body, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errors"u8, out var errors)
                && errors.ValueKind == JsonValueKind.Array
                    ? [.. errors.EnumerateArray().Take(MostItems).Where(item => item.ValueKind == JsonValueKind.Object).Select(item => Item(item, key))]
                    : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static FaultItem Item(JsonElement item, string key) =>
        new(Text(item, "code", key) ?? "", Text(item, "message", key) ?? "", Text(item, "param", key));

    /// <summary>A server or proxy that echoes the request could put the key into its message.</summary>
    private static string? Text(JsonElement item, string name, string key)
    {
        if (!item.TryGetProperty(name, out var property) || !property.TryReadText(out var text))
        {
            return null;
        }

        var clean = text.Replace(key, "***", StringComparison.Ordinal);
        return clean.Length <= LongestMessage ? clean : clean[..LongestMessage] + "…";
    }

    private static (long From, long Into)? MergeIn(List<FaultItem> items)
    {
        var match = items.Select(item => MergeMessage().Match(item.Message)).FirstOrDefault(found => found.Success);
        return match is not null && IdIn(match.Groups["from"]) is { } from && IdIn(match.Groups["into"]) is { } into ? (from, into) : null;
    }

    private static long? IdIn(Group group) =>
        long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && AffinityId.IsValid(id) ? id : null;

    [GeneratedRegex(@"(?<from>\d+) no longer exists as it has been merged into (?<into>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MergeMessage();
}
