namespace AffinityDurable.Simulator.Model;

/// <summary>The lesser properties of a field.</summary>
public sealed record FieldTraits
{
    public string? Description { get; init; }

    /// <summary>affinity-data, dealroom, eventbrite, mailchimp, or null.</summary>
    public string? EnrichmentSource { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Null for built-in fields.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>
    /// Whether changes of the field are kept. Null: as Affinity does, which tracks every value type that can be written, but no enriched
    /// and no relationship field.
    /// </summary>
    public bool? TracksChanges { get; init; }
}
