using System.Text.Json;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Property names of the hot paths, encoded once.</summary>
internal static class Names
{
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    public static readonly JsonEncodedText TotalCount = JsonEncodedText.Encode("totalCount");
    public static readonly JsonEncodedText EnrichmentSource = JsonEncodedText.Encode("enrichmentSource");
    public static readonly JsonEncodedText DropdownOptionId = JsonEncodedText.Encode("dropdownOptionId");
    public static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
    public static readonly JsonEncodedText Fields = JsonEncodedText.Encode("fields");
    public static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("createdAt");
    public static readonly JsonEncodedText CreatorId = JsonEncodedText.Encode("creatorId");
    public static readonly JsonEncodedText ListId = JsonEncodedText.Encode("listId");
    public static readonly JsonEncodedText Entity = JsonEncodedText.Encode("entity");
    public static readonly JsonEncodedText Domain = JsonEncodedText.Encode("domain");
    public static readonly JsonEncodedText Domains = JsonEncodedText.Encode("domains");
    public static readonly JsonEncodedText EmailAddresses = JsonEncodedText.Encode("emailAddresses");
    public static readonly JsonEncodedText IsGlobal = JsonEncodedText.Encode("isGlobal");
}
