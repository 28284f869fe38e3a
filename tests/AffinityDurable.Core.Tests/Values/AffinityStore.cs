using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AffinityDurable.Core.Tests.Values;

/// <summary>What Affinity gives back for a value it was sent, by the API's documentation and nothing of our code.</summary>
internal static class AffinityStore
{
    public static JsonElement Return(string written)
    {
        var value = JsonNode.Parse(written)!.AsObject();
        var type = value["type"]!.GetValue<string>();
        var data = value["data"]?.DeepClone();
        var returned = new JsonObject { ["type"] = type };
        if (type.EndsWith("-multi", StringComparison.Ordinal))
        {
            var items = data?.AsArray().Select(item => Stored(type[..^6], item!)).Reverse().ToArray() ?? [];
            returned["data"] = items.Length == 0 ? null : new JsonArray([.. items.Take(100)]);
            returned["totalCount"] = items.Length;
        }
        else
        {
            returned["data"] = data is null ? null : Stored(type, data);
        }

        return JsonSerializer.SerializeToElement(returned);
    }

    private static JsonNode Stored(string type, JsonNode data) => type switch
    {
        "datetime" => MidnightPacific(data.GetValue<string>()),
        "dropdown" => new JsonObject { ["dropdownOptionId"] = data["dropdownOptionId"]!.DeepClone(), ["text"] = "Seed" },
        "ranked-dropdown" => new JsonObject { ["dropdownOptionId"] = data["dropdownOptionId"]!.DeepClone(), ["text"] = "Seed", ["rank"] = 0, ["color"] = null },
        "person" => new JsonObject { ["id"] = data["id"]!.DeepClone(), ["firstName"] = "Ada", ["lastName"] = null, ["primaryEmailAddress"] = null, ["type"] = "internal" },
        "company" => new JsonObject { ["id"] = data["id"]!.DeepClone(), ["name"] = "Acme", ["domain"] = null },
        _ => data.DeepClone(),
    };

    private static JsonNode MidnightPacific(string sent)
    {
        var day = DateTimeOffset.Parse(sent, CultureInfo.InvariantCulture).UtcDateTime.Date;
        var midnight = TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(day, DateTimeKind.Unspecified), TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"));
        return JsonValue.Create(midnight.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
