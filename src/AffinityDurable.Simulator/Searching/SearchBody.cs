using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Reads the body of a search, or a filter tree alone. Every part is optional, the body too.</summary>
internal static class SearchBody
{
    private const int MostSorts = 5;
    private const int MostFields = 100;
    private const int ShortestTerm = 3;

    private static readonly string[] Directions = ["asc", "desc"];

    /// <exception cref="ApiException">400 with every violation of the schema, or for text that is no JSON.</exception>
    public static SearchCriteria Read(ReadOnlyMemory<byte> body, ApiVersion version, bool takesUnknownProperties) =>
        body.IsEmpty ? SearchCriteria.All : Parse(body, takesUnknownProperties, (json, elements) => ReadCriteria(json, elements, version));

    /// <exception cref="ApiException">400 with every violation of the schema, or for text that is no JSON.</exception>
    public static FilterGroup ReadFilters(ReadOnlyMemory<byte> filters, ApiVersion version) =>
        Parse(filters, takesUnknownProperties: false, (json, elements) => new FilterReader(elements, version).ReadGroup(json, ""));

    private static T Parse<T>(ReadOnlyMemory<byte> text, bool takesUnknownProperties, Func<JsonElement, ElementReader, T> read)
    {
        try
        {
            var errors = new SchemaErrors();
            using var document = JsonDocument.Parse(text);
            var result = read(document.RootElement, new ElementReader(errors, takesUnknownProperties));
            errors.ThrowIfAny();
            return result;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is found only when its text is read.
            throw new ApiException(400, "The request body is not valid JSON.");
        }
    }

    private static SearchCriteria ReadCriteria(JsonElement json, ElementReader elements, ApiVersion version)
    {
        if (!elements.IsObject(json, "", [], "filters", "sorts", "search") && json.ValueKind != JsonValueKind.Object)
        {
            return SearchCriteria.All;
        }

        return new SearchCriteria(
            json.TryGetProperty("filters", out var filters) ? new FilterReader(elements, version).ReadGroup(filters, "/filters") : null,
            json.TryGetProperty("sorts", out var sorts) ? ReadSorts(sorts, elements) : [],
            json.TryGetProperty("search", out var search) ? ReadTerm(search, elements) : null);
    }

    private static SearchSort[] ReadSorts(JsonElement json, ElementReader elements) =>
        elements.Items(json, "/sorts", 1, MostSorts, (item, pointer) => ReadSort(item, pointer, elements)) ?? [];

    private static SearchSort? ReadSort(JsonElement json, string pointer, ElementReader elements)
    {
        if (!elements.IsObject(json, pointer, ["fieldId", "direction"], "attributeId"))
        {
            return null;
        }

        var fieldId = elements.Text(json.GetProperty("fieldId"), $"{pointer}/fieldId", least: 1);
        var attributeId = json.TryGetProperty("attributeId", out var attribute)
            ? elements.Text(attribute, $"{pointer}/attributeId", least: 1)
            : null;
        var direction = elements.OneOf(json.GetProperty("direction"), $"{pointer}/direction", Directions);
        return new SearchSort(fieldId!, attributeId, direction == Directions[1], pointer);
    }

    private static SearchTerm? ReadTerm(JsonElement json, ElementReader elements)
    {
        if (!elements.IsObject(json, "/search", ["term"], "fieldIds"))
        {
            return null;
        }

        var term = elements.Text(json.GetProperty("term"), "/search/term", ShortestTerm);
        string[]? fieldIds = json.TryGetProperty("fieldIds", out var ids)
            ? elements.Items(ids, "/search/fieldIds", 1, MostFields, (item, pointer) => elements.Text(item, pointer))
            : null;
        return new SearchTerm(term!, fieldIds ?? []);
    }
}
