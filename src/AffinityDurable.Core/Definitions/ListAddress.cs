using System.Globalization;

namespace AffinityDurable.Core.Definitions;

/// <summary>How definitions name a list: its id, or its address in the browser.</summary>
public static class ListAddress
{
    /// <summary>The id of the list.</summary>
    /// <param name="text"><c>77</c> or <c>https://acme.affinity.co/lists/77</c>; what follows the id in the path does not matter.</param>
    /// <param name="listId">The id when found.</param>
    /// <param name="problem">What is wrong otherwise.</param>
    public static bool TryParse(string text, out long listId, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = TryId(text, out listId) ? null : ProblemOfUrl(text, out listId);
        return problem is null;
    }

    private static string? ProblemOfUrl(string text, out long listId)
    {
        listId = 0;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !text.Contains("://", StringComparison.Ordinal))
        {
            return "it is neither a number nor an address";
        }

        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return "the address does not start with https://";
        }

        // Not IdnHost: it throws for a host that is no international name either.
        if (url.UserInfo.Length > 0 || !(url.Host == "affinity.co" || url.Host.EndsWith(".affinity.co", StringComparison.Ordinal)))
        {
            return "the address is not one of affinity.co";
        }

        return url.Segments is ["/", "lists/", var id, ..] && TryId(id.TrimEnd('/'), out listId)
            ? null
            : "the path is not /lists/ and the id of a list";
    }

    private static bool TryId(string text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;
}
