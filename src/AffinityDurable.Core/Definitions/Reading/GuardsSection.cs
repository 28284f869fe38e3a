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
            MaxOverwrittenPercent = guards.Number("maxOverwrittenPercent", defaults.MaxOverwrittenPercent, 0, 100),
            MinEntries = guards.Integer("minEntries", defaults.MinEntries, 0, int.MaxValue),
        };
        guards.Close();
        return definition;
    }
}
