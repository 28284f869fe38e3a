namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>guards</c>.</summary>
internal static class GuardsSection
{
    public static GuardDefinition Read(MapReader? guards)
    {
        var defaults = new GuardDefinition();
        if (guards is null)
        {
            return defaults;
        }

        var definition = new GuardDefinition
        {
            MinRows = guards.Integer("minRows", defaults.MinRows, 0, int.MaxValue),
            MaxRowDropPercent = Percent("maxRowDropPercent", defaults.MaxRowDropPercent),
            MaxCoverageDropPercent = Percent("maxCoverageDropPercent", defaults.MaxCoverageDropPercent),
            MaxOverwrittenPercent = Percent("maxOverwrittenPercent", defaults.MaxOverwrittenPercent),
            MaxClearedPercent = Percent("maxClearedPercent", defaults.MaxClearedPercent),
            MaxRejectedPercent = Percent("maxRejectedPercent", defaults.MaxRejectedPercent),
            MaxUnmatchedPercent = guards.NumberIfGiven("maxUnmatchedPercent", 0, 100),
            MaxNullJumpPercent = Percent("maxNullJumpPercent", defaults.MaxNullJumpPercent),
            MinEntries = guards.Integer("minEntries", defaults.MinEntries, 0, int.MaxValue),
        };
        guards.Close();
        return definition;

        double Percent(string key, double otherwise) => guards.Number(key, otherwise, 0, 100);
    }
}
