namespace AffinityDurable.Core.Affinity;

/// <summary>What one <c>update-fields</c> call may hold.</summary>
internal static class UpdateRules
{
    /// <exception cref="ArgumentException">None, more than 100, or two for one field.</exception>
    public static void ThrowIfUnsound(IReadOnlyList<FieldUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        if (updates.Count is 0 or > AffinityApi.MostUpdates)
        {
            throw new ArgumentException($"One call holds 1 to {AffinityApi.MostUpdates} updates, not {updates.Count}.", nameof(updates));
        }

        if (Repeated(updates) is { } fieldId)
        {
            throw new ArgumentException($"Field {fieldId} has more than one update.", nameof(updates));
        }
    }

    private static string? Repeated(IReadOnlyList<FieldUpdate> updates)
    {
        var seen = new HashSet<string>(updates.Count, StringComparer.Ordinal);
        for (var i = 0; i < updates.Count; i++)
        {
            if (!seen.Add(updates[i].FieldId))
            {
                return updates[i].FieldId;
            }
        }

        return null;
    }
}
