using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AffinityDurable.Core.Runs;

/// <summary>Id of a run, which is also its orchestration's instance id: <c>{sync}@20261123T0200Z</c> for an occurrence, <c>{sync}@adhoc-{guid}</c> for others.</summary>
public sealed record RunId : IParsable<RunId>
{
    private const string OccurrenceFormat = "yyyyMMdd'T'HHmm'Z'";
    private const string AdHocPrefix = "adhoc-";

    private RunId(string sync, DateTimeOffset? occurrence, Guid? adHoc)
    {
        ArgumentException.ThrowIfNullOrEmpty(sync);
        if (sync.Contains('@', StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of a sync has no '@'.", nameof(sync));
        }

        (Sync, Occurrence, AdHoc) = (sync, occurrence, adHoc);
    }

    public string Sync { get; }

    /// <summary>The occurrence of the schedule, in UTC to the minute; null for other runs.</summary>
    public DateTimeOffset? Occurrence { get; }

    /// <summary>What tells runs without an occurrence apart; null for scheduled ones.</summary>
    public Guid? AdHoc { get; }

    public bool IsScheduled => Occurrence is not null;

    /// <summary>The run of an occurrence; seconds are cut off, as schedules have none.</summary>
    public static RunId Scheduled(string sync, DateTimeOffset occurrence)
    {
        var utc = occurrence.ToUniversalTime();
        return new RunId(sync, utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMinute)), null);
    }

    /// <summary>A run started by hand, by a request or by an event.</summary>
    public static RunId ForAdHoc(string sync, Guid id) => new(sync, null, id);

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static RunId Parse(string s) => Parse(s, null);

    /// <exception cref="FormatException">The text is no run id.</exception>
    public static RunId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a run id such as 'portfolio-metrics@20261123T0200Z'.");

    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out RunId? result) => TryParse(s, null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out RunId? result)
    {
        result = s?.Split('@') is [{ Length: > 0 } sync, var rest] ? Of(sync, rest) : null;

        // One id has one spelling: it names folders and instances.
        result = result?.ToString() == s ? result : null;
        return result is not null;
    }

    public override string ToString() => Occurrence is { } occurrence
        ? $"{Sync}@{occurrence.ToString(OccurrenceFormat, CultureInfo.InvariantCulture)}"
        : $"{Sync}@{AdHocPrefix}{AdHoc:D}";

    private static RunId? Of(string sync, string rest)
    {
        if (rest.StartsWith(AdHocPrefix, StringComparison.Ordinal))
        {
            return Guid.TryParseExact(rest[AdHocPrefix.Length..], "D", out var id) ? ForAdHoc(sync, id) : null;
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(rest, OccurrenceFormat, CultureInfo.InvariantCulture, utc, out var occurrence)
            ? Scheduled(sync, occurrence)
            : null;
    }
}
