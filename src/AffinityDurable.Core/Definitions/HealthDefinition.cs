using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Definitions;

/// <summary>Thresholds to watch.</summary>
public sealed record HealthDefinition
{
    /// <summary>At least one; an entry is at risk when any of them says so.</summary>
    public required IReadOnlyList<HealthRule> Rules { get; init; }

    /// <summary>A dropdown field with the options <c>OK</c> and <c>At risk</c>, by id or unique name; null keeps the state in reports only.</summary>
    public string? WriteTo { get; init; }

    /// <summary>Line of <see cref="WriteTo"/>, for messages.</summary>
    public int? WriteToLine { get; init; }

    /// <summary><see cref="WriteTo"/> as a mapping without a column.</summary>
    [JsonIgnore]
    public FieldMapping? WriteToMapping => WriteTo is null ? null : new FieldMapping { Field = WriteTo, Line = WriteToLine };
}

/// <summary>When a field puts its entry at risk: exactly one of the conditions is given.</summary>
public sealed record HealthRule
{
    /// <summary>A mapped field, as written under <c>fields</c>.</summary>
    public required string Field { get; init; }

    public double? Below { get; init; }

    public double? Above { get; init; }

    /// <summary>The field is empty.</summary>
    public bool Missing { get; init; }

    /// <summary>A date field whose day is longer ago.</summary>
    public int? StaleDays { get; init; }

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }
}
