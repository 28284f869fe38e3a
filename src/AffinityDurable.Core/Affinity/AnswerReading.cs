using System.Text.Json;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <summary>Reads the objects of answers. What is missing or of another kind throws, and makes the answer unreadable.</summary>
internal static class AnswerReading
{
    public static Identity Identity(JsonElement root)
    {
        var tenant = root.GetProperty("tenant"u8);
        var user = root.GetProperty("user"u8);
        return new Identity(
            tenant.Required("name"),
            tenant.Optional("subdomain"),
            user.Id(),
            PersonName(user) ?? "",
            user.Optional("emailAddress"),
            root.GetProperty("grant"u8).Required("type"));
    }

    public static AffinityList List(JsonElement list) =>
        new(list.Id(), list.Required("name"), list.Required("type"), list.TryGetProperty("isPublic"u8, out var isPublic) && isPublic.ValueKind == JsonValueKind.True);

    public static AffinityField Field(JsonElement field) =>
        new(
            field.Required("id"),
            field.Required("name"),
            field.Required("type"),
            field.Required("valueType"),
            field.Optional("enrichmentSource"),
            field.TryGetProperty("isRequired"u8, out var isRequired) && isRequired.ValueKind == JsonValueKind.True);

    /// <summary>Options say <c>id</c> where values and updates say <c>dropdownOptionId</c>.</summary>
    public static DropdownOption Option(JsonElement option) => new(option.Id(), option.Required("text"));

    public static EntityEntry EntityEntry(JsonElement entry) => new(entry.Id(), entry.Id("listId"));

    public static long Id(this JsonElement element, string name = "id") =>
        element.GetProperty(name).TryReadId(out var id) ? id : throw new AnswerUnreadableException($"'{name}' is no id.");

    public static string Required(this JsonElement element, string name) =>
        element.GetProperty(name).TryReadText(out var text) ? text : throw new AnswerUnreadableException($"'{name}' is no text.");

    public static string? Optional(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var property) && property.TryReadText(out var text) ? text : null;

    /// <summary>The texts of an array; none where there is no array.</summary>
    public static List<string> Texts(this JsonElement element, string name)
    {
        var texts = new List<string>();
        if (element.TryGetProperty(name, out var all) && all.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in all.EnumerateArray())
            {
                if (item.TryReadText(out var text))
                {
                    texts.Add(text);
                }
            }
        }

        return texts;
    }

    public static string? PersonName(JsonElement person)
    {
        var name = string.Join(' ', new[] { person.Optional("firstName"), person.Optional("lastName") }.Where(part => !string.IsNullOrEmpty(part)));
        return name.Length == 0 ? null : name;
    }
}
