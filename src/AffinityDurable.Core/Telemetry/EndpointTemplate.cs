namespace AffinityDurable.Core.Telemetry;

/// <summary>The path of a call without what it is about: every part that is no word of the API becomes <c>{id}</c>, and the query is left out.</summary>
internal static class EndpointTemplate
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "auth", "whoami", "lists", "list-entries", "fields", "values", "dropdown-options", "saved-views", "companies", "persons", "opportunities",
        "search", "field-value-changes", "webhooks",
    };

    /// <summary>Such as <c>/v2/lists/{id}/list-entries/{id}/fields</c>.</summary>
    public static string Of(Uri uri)
    {
        var parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var api = Array.IndexOf(parts, "v2");
        return "/v2" + string.Concat(parts.Skip(api + 1).Select(part => Words.Contains(part) ? $"/{part}" : "/{id}"));
    }
}
