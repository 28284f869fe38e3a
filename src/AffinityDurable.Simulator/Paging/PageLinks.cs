using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Paging;

/// <summary>Writes <c>pagination</c>: absolute URLs that keep the query of the request and replace its cursor.</summary>
internal static class PageLinks
{
    public static void Write(Utf8JsonWriter writer, HttpContext context, in Page page, long? totalCount = null)
    {
        writer.WriteStartObject("pagination"u8);
        writer.WriteString("nextUrl"u8, Url(context.Request, page.Next));
        writer.WriteString("prevUrl"u8, Url(context.Request, page.Previous));
        if (totalCount is { } count)
        {
            writer.WriteNumber("totalCount"u8, count);
        }

        writer.WriteEndObject();
    }

    private static string? Url(HttpRequest request, Cursor? cursor)
    {
        if (cursor is not { } known)
        {
            return null;
        }

        var url = new StringBuilder().Append(request.Scheme).Append("://").Append(request.Host.Value)
            .Append(request.PathBase.ToUriComponent()).Append(request.Path.ToUriComponent())
            .Append("?cursor=").Append(Uri.EscapeDataString(known.ToString()));
        foreach (var (name, values) in request.Query.Where(each => each.Key != "cursor"))
        {
            foreach (var value in values)
            {
                url.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value ?? ""));
            }
        }

        return url.ToString();
    }
}
