using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary>A multi-value of <paramref name="item"/>s: a set without order, which a write replaces as a whole.</summary>
/// <param name="name">Affinity's name of the type.</param>
/// <param name="item">The type of one item.</param>
/// <param name="mostItems">Items that one write may hold; null where Affinity sets no limit (<c>dropdown-multi</c>).</param>
internal sealed class SetValueType(string name, AffinityValueType item, int? mostItems) : AffinityValueType(name)
{
    /// <summary>A read sends at most this many items of a set.</summary>
    private const int ItemsSent = 100;

    public override bool IsMulti => true;

    public override bool UsesOptions => item.UsesOptions;

    public override string? FormatProblem(string format) => item.FormatProblem(format);

    public override bool CanWrite(FieldValue? value) => mostItems is null || value is not SetValue { Items.Length: var items } || items <= mostItems;

    public override Coercion Coerce(string text, CoercionContext context)
    {
        var cells = SetCell.Split(text, context.Separator);
        if (cells is null)
        {
            return Coercion.Reject(ValueErrors.NotASet, $"'{Excerpt.Of(text)}' is not a JSON array of values for field \"{context.Field.Name}\".");
        }

        var items = new List<FieldValue>(cells.Count);
        foreach (var cell in cells)
        {
            var coerced = item.Coerce(cell.Text, cell.IsJsonNumber ? context.WithoutFormat : context);
            if (coerced.Rejection is not null)
            {
                return coerced;
            }

            if (coerced.Value is not null)
            {
                items.Add(coerced.Value);
            }
        }

        var set = SetValue.Of(items);
        return set is not null && set.Items.Length > mostItems
            ? Coercion.Reject(ValueErrors.TooManyItems, $"{set.Items.Length} items for field \"{context.Field.Name}\"; Affinity takes {mostItems}.")
            : Coercion.To(set);
    }

    internal override LiveValue ReadData(JsonElement data, JsonElement value)
    {
        if (ReadItems(data) is not { } items)
        {
            return LiveValue.Opaque;
        }

        var sent = data.GetArrayLength();
        return new LiveValue(IsCut(value, sent) ? LiveState.Truncated : LiveState.Known, SetValue.Of(items));
    }

    /// <summary>Reads an array of items; null when one of them is not known.</summary>
    internal IReadOnlyList<FieldValue>? ReadItems(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var items = new List<FieldValue>(data.GetArrayLength());
        foreach (var element in data.EnumerateArray())
        {
            if (item.ReadData(element, element) is not { State: LiveState.Known, Value: { } read })
            {
                return null;
            }

            items.Add(read);
        }

        return items;
    }

    internal override void WriteData(Utf8JsonWriter writer, FieldValue value)
    {
        writer.WriteStartArray();
        foreach (var element in As<SetValue>(value).Items)
        {
            item.WriteData(writer, element);
        }

        writer.WriteEndArray();
    }

    internal override string RenderValue(FieldValue value, CoercionContext context) =>
        string.Join($"{context.Separator} ", As<SetValue>(value).Items.Select(element => item.RenderValue(element, context)));

    /// <summary><c>totalCount</c> is optional: without it, a full array may be all or the beginning.</summary>
    private static bool IsCut(JsonElement value, int sent) =>
        value.TryGetProperty("totalCount"u8, out var total) && total.ValueKind == JsonValueKind.Number && total.TryGetInt64(out var count)
            ? count > sent
            : sent >= ItemsSent;
}
