namespace AffinityDurable.Core.Affinity;

/// <summary>Metadata of a field (a column) as <c>GET /v2/lists/{listId}/fields</c> gives it.</summary>
/// <param name="Id"><c>field-123</c> for list and global fields, a slug for the others. Names are not unique, ids are.</param>
/// <param name="Name">The column's name in Affinity.</param>
/// <param name="Type"><c>list</c>, <c>global</c>, <c>enriched</c> or <c>relationship-intelligence</c>; others may come.</param>
/// <param name="ValueType">Affinity's <c>valueType</c>, for instance <c>dropdown-multi</c>; unknown ones stay opaque.</param>
/// <param name="EnrichmentSource">Where an enriched field's data comes from, else null.</param>
/// <param name="IsRequired">Whether Affinity wants a value when a row is added.</param>
public sealed record AffinityField(
    string Id,
    string Name,
    string Type,
    string ValueType,
    string? EnrichmentSource = null,
    bool IsRequired = false)
{
    public bool IsListField => Type == "list";

    public bool IsEnriched => Type == "enriched";
}
