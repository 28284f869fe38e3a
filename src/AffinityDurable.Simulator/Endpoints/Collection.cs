using System.Text.Json;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Answers one page of a collection that is at hand as a whole.</summary>
internal static class Collection
{
    public static Task Send<T>(HttpContext context, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, int defaultLimit = 100)
    {
        var page = Page.Of(PageRequest.Of(context, defaultLimit), items.Count);
        return Send(context, page, writer =>
        {
            for (var index = page.Start; index < page.End; index++)
            {
                write(writer, items[index]);
            }
        });
    }

    public static Task Send(
        HttpContext context, in Page page, Action<Utf8JsonWriter> writeItems, int status = StatusCodes.Status200OK, long? totalCount = null)
    {
        var reply = JsonReply.Start();
        var writer = reply.Writer;
        writer.WriteStartObject();
        writer.WriteStartArray(Names.Data);
        writeItems(writer);
        writer.WriteEndArray();
        PageLinks.Write(writer, context, page, totalCount);
        writer.WriteEndObject();
        return reply.Send(context, status);
    }
}
