using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Paging;

/// <summary>The <c>totalCount</c> of a request: whether the page shall tell how many items there are in all.</summary>
internal static class TotalCount
{
    /// <exception cref="ApiException">400: neither true nor false.</exception>
    public static bool IsAsked(HttpContext context) => (string?)context.Request.Query["totalCount"] switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw ApiException.Invalid("totalCount", "value at root is not a boolean"),
    };
}
