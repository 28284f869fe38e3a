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
    /// Whether changes of a list or global field are kept. Null: as Affinity does by the value type. Those of enriched and relationship
    /// fields never are.
    /// </summary>
    public bool? TracksChanges { get; init; }
}
