using System.Text.Json;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Writing;

/// <summary>Which parts an option has: text always; rank and color when ranked; category and win rate in a status field.</summary>
internal static class OptionRules
{
    private static readonly string[] RankedParts = ["rank", "color"];
    private static readonly string[] StatusParts = ["statusCategory", "winRate"];

    /// <summary>The kind of a new option must be that of its field.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void CheckKind(Field field, JsonElement body)
    {
        var kind = KindOf(field);
        var type = body.GetProperty("type").GetString();
        if (type != kind)
        {
            throw ApiException.Invalid("/type", $"Options of field {field.Id} have the type {kind}, not {type}.");
        }
    }

    /// <summary>A change may name no part that the options of the field do not have.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void CheckParts(Field field, JsonElement body)
    {
        var kind = KindOf(field);
        foreach (var part in RankedParts.Where(_ => kind == Kinds.Plain).Concat(StatusParts.Where(_ => kind != Kinds.Status)))
        {
            if (body.TryGetProperty(part, out _))
            {
                throw ApiException.Invalid($"/{part}", $"Options of type {kind} have no {part}.");
            }
        }
    }

    /// <summary>The option with what the body says of it.</summary>
    /// <exception cref="ApiException">400: a win rate beside a category that is not open.</exception>
    public static DropdownOption Changed(DropdownOption option, JsonElement body)
    {
        var category = body.TryGetProperty("statusCategory", out var given) ? given.GetString() : option.StatusCategory;
        CheckWinRate(body, category);
        return option with
        {
            Text = body.TryGetProperty("text", out var text) ? text.GetString()! : option.Text,
            Rank = body.TryGetProperty("rank", out var rank) ? rank.GetInt32() : option.Rank,
            Color = body.TryGetProperty("color", out var color) ? color.GetString() : option.Color,
            StatusCategory = category,
            WinRate = category != "open" ? null
                : body.TryGetProperty("winRate", out var winRate) ? WinRateOf(winRate)
                : option.WinRate,
        };
    }

    private static string KindOf(Field field) =>
        field.ValueType != FieldValueType.RankedDropdown ? Kinds.Plain
        : field.IsStatus ? Kinds.Status
        : Kinds.Ranked;

    private static void CheckWinRate(JsonElement body, string? category)
    {
        if (category != "open" && body.TryGetProperty("winRate", out var winRate) && WinRateOf(winRate) is not null)
        {
            throw ApiException.Invalid("/winRate", "Only open options have a win rate.");
        }
    }

    private static int? WinRateOf(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : (int)json.GetDouble();

    private static class Kinds
    {
        public const string Plain = "dropdown";
        public const string Ranked = "ranked-dropdown";
        public const string Status = "status-dropdown";
    }
}
