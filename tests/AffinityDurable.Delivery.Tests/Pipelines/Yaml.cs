using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>YAML as JSON, every scalar a text: what Azure Pipelines makes of a scalar depends on where it stands.</summary>
internal static class Yaml
{
    private static readonly IDeserializer Deserializer = new DeserializerBuilder().WithDuplicateKeyChecking().Build();

    public static JsonObject Read(string text) => Convert(Deserializer.Deserialize<object>(text)) as JsonObject
        ?? throw new InvalidDataException("It is no mapping.");

    private static JsonNode? Convert(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(each => KeyValuePair.Create((string)each.Key, Convert(each.Value)))),
        IEnumerable<object> items => new JsonArray([.. items.Select(Convert)]),
        _ => JsonValue.Create(value.ToString()),
    };
}
