using System.Text.Json;

namespace AffinityDurable.Core.Affinity;

/// <summary>Reads <c>{"data": [...], "pagination": {"nextUrl": ...}}</c>.</summary>
internal static class PageReading
{
    /// <summary>The items; <c>data</c> may be null.</summary>
    public static List<T> Items<T>(JsonElement root, Func<JsonElement, T> read)
    {
        var data = root.GetProperty("data"u8);
        if (data.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        var items = new List<T>(data.GetArrayLength());
        foreach (var element in data.EnumerateArray())
        {
            items.Add(read(element));
        }

        return items;
    }

    /// <summary>The next page; null on the last.</summary>
    public static Uri? NextUrl(JsonElement root)
    {
        var next = root.GetProperty("pagination"u8).GetProperty("nextUrl"u8);
        if (next.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return Uri.TryCreate(next.GetString(), UriKind.Absolute, out var url) ? url : throw new AnswerUnreadableException("nextUrl is no absolute address.");
    }
}
