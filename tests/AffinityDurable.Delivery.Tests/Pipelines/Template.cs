using System.Globalization;
using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>A file of the pipeline, with the parameters it declares.</summary>
internal sealed class Template
{
    private static readonly string[] Kinds = ["string", "number", "boolean", "object"];

    private readonly JsonObject content;
    private readonly Dictionary<string, JsonObject> declared;

    public Template(string path)
    {
        Path = path;
        content = Yaml.Read(Repository.Text(path));
        declared = (content["parameters"]?.AsArray() ?? []).ToDictionary(each => (string)each!["name"]!, each => each!.AsObject(), StringComparer.Ordinal);
    }

    public string Path { get; }

    public JsonObject Content => content;

    public IEnumerable<string> Parameters => declared.Keys;

    /// <summary>The values of its parameters, by <c>parameters.name</c>.</summary>
    /// <param name="given">What the caller passes.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    public Dictionary<string, JsonNode?> Bind(JsonObject given, List<string> problems)
    {
        problems.AddRange(given.Where(each => !declared.ContainsKey(each.Key)).Select(each => $"{Path} has no parameter '{each.Key}'."));
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, declaration) in declared)
        {
            var isGiven = given.TryGetPropertyValue(name, out var value);
            if (!isGiven && !declaration.TryGetPropertyValue("default", out value))
            {
                problems.Add($"{Path} needs the parameter '{name}'.");
            }
            else if (!Is((string)declaration["type"]!, value))
            {
                problems.Add($"{Path}: '{value?.ToJsonString()}' is no {declaration["type"]} for '{name}'.");
            }

            values[$"parameters.{name}"] = value?.DeepClone();
        }

        return values;
    }

    private static bool Is(string kind, JsonNode? value) => kind switch
    {
        "boolean" => value is JsonValue word && word.GetValue<string>() is "true" or "false",
        "number" => value is JsonValue digits && decimal.TryParse(digits.GetValue<string>(), NumberStyles.Number, CultureInfo.InvariantCulture, out _),
        "string" => value is JsonValue,
        _ => Kinds.Contains(kind, StringComparer.Ordinal),
    };
}
