using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Definitions;

/// <summary>Fields of Affinity that say where the values of an entry come from.</summary>
public sealed record StampDefinition
{
    /// <summary>Gets the name of the source: a text or dropdown field, by id or unique name; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the day of its row: a date field; null for none.</summary>
    public string? AsOf { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }

    /// <summary><see cref="Source"/> as a mapping without a column.</summary>
    [JsonIgnore]
    public FieldMapping? SourceMapping => Source is null ? null : new FieldMapping { Field = Source, Line = Line };

    /// <summary><see cref="AsOf"/> as a mapping without a column.</summary>
    [JsonIgnore]
    public FieldMapping? AsOfMapping => AsOf is null ? null : new FieldMapping { Field = AsOf, Line = Line };
}
