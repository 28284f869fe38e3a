using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Push;

namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary>The source that pushed rows are for.</summary>
/// <param name="Definition">The sync.</param>
/// <param name="Source">Its source.</param>
/// <param name="Settings">The keys of the source.</param>
public sealed record PushTarget(SyncDefinition Definition, SourceDefinition Source, PushSettings Settings)
{
    private const string Type = "push";

    /// <summary>Columns of which a row has to fill one, to find its entry.</summary>
    public IReadOnlyList<string> KeyColumns { get; } = [.. Definition.MatchOf(Source).Select(rule => rule.Column).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The push source of a sync, or the one of a name where it has several.</summary>
    /// <returns>The source, or why there is none.</returns>
    public static (PushTarget? Target, Problem? Problem) Of(SyncDefinition definition, string? name)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var sources = definition.Sources.Where(source => source.Type == Type && (name is null || source.Name == name)).ToList();
        return sources switch
        {
            [var only] => (new PushTarget(definition, only, PushSettings.Of(only)), null),
            [] => (null, Problem.Of(IntakeErrors.NoPushSource, $"Sync '{definition.Sync}' has no source{(name is null ? "" : " of this name")} with 'type: push'.")),
            _ => (null, Problem.Of(
                IntakeErrors.NoPushSource,
                $"Sync '{definition.Sync}' has several sources with 'type: push': {string.Join(", ", sources.Select(source => source.Name))}.",
                "Add ?source= with the name of one.")),
        };
    }
}
