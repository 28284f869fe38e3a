using System.Text.Json;

namespace AffinityDurable.Core.Affinity;

/// <summary>Reads what identifies companies.</summary>
internal static class CompanyReading
{
    /// <summary>All domains of a company, the primary one where only that is given.</summary>
    public static List<string> Domains(JsonElement company)
    {
        var domains = company.Texts("domains");
        if (domains.Count == 0 && company.Optional("domain") is { } primary)
        {
            domains.Add(primary);
        }

        return domains;
    }

    /// <summary>The domains of the companies in the value of a field: Affinity gives the primary one of each.</summary>
    public static IReadOnlyList<string> DomainsIn(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("data"u8, out var data))
        {
            return [];
        }

        return data.ValueKind switch
        {
            JsonValueKind.Object => data.Optional("domain") is { } domain ? [domain] : [],
            JsonValueKind.Array => [.. data.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => item.Optional("domain")).OfType<string>()],
            _ => [],
        };
    }
}
