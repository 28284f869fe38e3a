namespace AffinityDurable.Core.Definitions;

/// <summary>A field whose change starts a run of the entry.</summary>
/// <param name="Name">Field id or unique name, as written in the definition.</param>
public sealed record FieldTrigger(string Name)
{
    /// <summary>Only if the field has one of these values then; null for any change.</summary>
    public IReadOnlyList<string>? Becomes { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}
