namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>IANA time zones, the same on every operating system.</summary>
internal static class TimeZones
{
    /// <summary>What to write instead; null when the zone is known.</summary>
    public static string? Problem(string zone)
    {
        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(zone, out var iana) && !string.Equals(iana, zone, StringComparison.OrdinalIgnoreCase) && zone != "UTC")
        {
            return $"Write {iana}; Windows names are not understood everywhere.";
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId)
        {
            return null;
        }

        var near = Nearest.To(zone, TimeZoneInfo.GetSystemTimeZones().Where(known => known.HasIanaId).Select(known => known.Id));
        return near.Count == 0
            ? "Give a name such as Europe/London, America/New_York or UTC."
            : $"Did you mean {string.Join(" or ", near)}?";
    }
}
