using System.Globalization;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Paging;

/// <summary>The <c>limit</c> and <c>cursor</c> of a request.</summary>
internal readonly record struct PageRequest(int Limit, Cursor? Cursor)
{
    private const int MostItems = 100;

    /// <exception cref="ApiException">400: a limit that is no integer of 1 to 100, or a cursor that was never given out.</exception>
    public static PageRequest Of(HttpContext context, int defaultLimit = MostItems)
    {
        var query = context.Request.Query;
        return new PageRequest(ReadLimit(query["limit"], defaultLimit), ReadCursor(query["cursor"]));
    }

    private static int ReadLimit(string? text, int defaultLimit)
    {
        if (text is null)
        {
            return defaultLimit;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
        {
            throw ApiException.Invalid("limit", "value at root is not an integer");
        }

        return limit switch
        {
            < 1 => throw ApiException.Invalid("limit", "number at root is less than: 1"),
            > MostItems => throw ApiException.Invalid("limit", $"number at root is greater than: {MostItems}"),
            _ => limit,
        };
    }

    private static Cursor? ReadCursor(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Paging.Cursor.TryParse(text, out var cursor) ? cursor : throw ApiException.Invalid("cursor", "The cursor is not valid.");
    }
}
