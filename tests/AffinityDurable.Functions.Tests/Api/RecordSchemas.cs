using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>Schemas of records as <see cref="RunJson"/> writes them: names, types, and which members are always there.</summary>
internal sealed class RecordSchemas
{
    private static readonly Dictionary<Type, (string Type, string? Format)> Simple = new()
    {
        [typeof(string)] = ("string", null),
        [typeof(bool)] = ("boolean", null),
        [typeof(int)] = ("integer", "int32"),
        [typeof(long)] = ("integer", "int64"),
        [typeof(double)] = ("number", "double"),
        [typeof(decimal)] = ("number", null),
        [typeof(DateTimeOffset)] = ("string", "date-time"),
        [typeof(DateOnly)] = ("string", "date"),
        [typeof(TimeSpan)] = ("string", null),
        [typeof(Guid)] = ("string", "uuid"),
        [typeof(Uri)] = ("string", "uri"),
    };

    private static readonly ILookup<string, Type> Known = new[] { typeof(AffinityDurableServices).Assembly, typeof(RunJson).Assembly }
        .SelectMany(assembly => assembly.GetExportedTypes())
        .ToLookup(type => type.Name, StringComparer.Ordinal);

    private readonly SortedDictionary<string, JsonNode?> schemas = new(StringComparer.Ordinal);

    /// <summary>The schemas of these types, and of all that they are made of.</summary>
    public static JsonObject Of(IEnumerable<string> names)
    {
        var all = new RecordSchemas();
        foreach (var name in names)
        {
            all.Reference(Assert.Single(Known[name]));
        }

        return new JsonObject(all.schemas);
    }

    private JsonObject Reference(Type type)
    {
        if (schemas.TryAdd(type.Name, null))
        {
            schemas[type.Name] = type.IsEnum ? Words(type) : Record(type);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    private static JsonObject Words(Type type) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(word => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(word))]),
    };

    private JsonObject Record(Type type)
    {
        var contract = RunJson.Options.GetTypeInfo(type);
        if (contract.Kind != JsonTypeInfoKind.Object)
        {
            return [];
        }

        var written = contract.Properties.Where(property => property.Get is not null).OrderBy(property => property.Name, StringComparer.Ordinal).ToList();
        var record = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(written.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Schema(property.PropertyType)))),
        };
        var always = written.Where(property => !property.IsGetNullable).Select(property => (JsonNode)property.Name).ToArray();
        if (always.Length > 0)
        {
            record["required"] = new JsonArray(always);
        }

        return record;
    }

    private JsonObject Schema(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (Simple.TryGetValue(type, out var simple))
        {
            return simple.Format is null ? new() { ["type"] = simple.Type } : new() { ["type"] = simple.Type, ["format"] = simple.Format };
        }

        if (ItemOf(type, typeof(IReadOnlyDictionary<,>), 1) is { } value)
        {
            return new() { ["type"] = "object", ["additionalProperties"] = Schema(value) };
        }

        return ItemOf(type, typeof(IEnumerable<>), 0) is { } item ? new() { ["type"] = "array", ["items"] = Schema(item) } : Reference(type);
    }

    private static Type? ItemOf(Type type, Type open, int argument) =>
        type.GetInterfaces().Append(type)
            .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == open)
            ?.GetGenericArguments()[argument];
}
