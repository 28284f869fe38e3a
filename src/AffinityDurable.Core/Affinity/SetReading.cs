using System.Text.Json;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <summary>Reads the pages of one set: <c>{"type", "data": [...], "pagination"}</c>.</summary>
internal sealed class SetReading(SetValueType type)
{
    /// <summary>One page; an unknown item makes the whole set opaque.</summary>
    public Page<IReadOnlyList<FieldValue>?> Page(JsonElement root)
    {
        var data = root.GetProperty("data"u8);
        var ofType = !root.TryGetProperty("type"u8, out var name) || name.ValueEquals(type.Name);
        var items = data.ValueKind == JsonValueKind.Null ? [] : type.ReadItems(data);
        return new Page<IReadOnlyList<FieldValue>?>([ofType ? items : null], PageReading.NextUrl(root));
    }

    public static LiveValue Whole(IReadOnlyList<IReadOnlyList<FieldValue>?> pages) =>
        pages.Any(page => page is null) ? LiveValue.Opaque : LiveValue.Known(SetValue.Of(pages.SelectMany(page => page!)));
}
