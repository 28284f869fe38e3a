using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>azure-pipelines.yml with all its templates put in, as a run of a branch has it.</summary>
internal sealed partial class Pipeline
{
    private const string Start = "azure-pipelines.yml";

    private readonly List<string> problems = [];
    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode?> variables;

    private Pipeline(string branch, JsonObject parameters)
    {
        variables = new() { ["variables['Build.SourceBranch']"] = branch };
        var template = Load(Start);
        Content = (JsonObject)Expand(template.Content, template, Scope(template.Bind(parameters, problems)))!;
    }

    public JsonObject Content { get; }

    /// <summary>What is wrong with templates, parameters and expressions.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Every file that took part.</summary>
    public IReadOnlyCollection<string> Files => files;

    public IEnumerable<Stage> Stages => Content["stages"]!.AsArray().Select((stage, index) => new Stage(stage!.AsObject(), index));

    public static Pipeline OfBranch(string branch, params (string Name, string Value)[] parameters) =>
        new(branch, new JsonObject(parameters.Select(each => KeyValuePair.Create(each.Name, (JsonNode?)each.Value))));

    public static Pipeline OfMain(params (string Name, string Value)[] parameters) => OfBranch("refs/heads/main", parameters);

    private Template Load(string path)
    {
        files.Add(path);
        return new Template(path);
    }

    private Dictionary<string, JsonNode?> Scope(Dictionary<string, JsonNode?> parameters) =>
        new(parameters.Concat(variables), StringComparer.Ordinal);

    private JsonNode? Expand(JsonNode? node, Template template, Dictionary<string, JsonNode?> scope) => node switch
    {
        JsonObject map => Map(map, template, scope),
        JsonArray items => new JsonArray([.. items.SelectMany(item => Item(item, template, scope))]),
        JsonValue text => Text(text.GetValue<string>(), template, scope),
        _ => null,
    };

    private JsonObject Map(JsonObject map, Template template, Dictionary<string, JsonNode?> scope) =>
        new(map.Where(each => each.Key != "parameters").Select(each => KeyValuePair.Create(each.Key, Expand(each.Value, template, scope))));

    /// <summary>An item of a list may be one, none or many.</summary>
    private IEnumerable<JsonNode?> Item(JsonNode? item, Template template, Dictionary<string, JsonNode?> scope)
    {
        if (item is JsonObject { Count: 1 } map && Condition().Match(map.Single().Key) is { Success: true } condition)
        {
            return Try(template, () => new Expression(scope).IsTrue(condition.Groups["text"].Value), false)
                ? Expand(map.Single().Value, template, scope)!.AsArray().Select(Detach).ToList()
                : [];
        }

        if (item is JsonObject { Count: 1 } loop && Loop().Match(loop.Single().Key) is { Success: true } each)
        {
            var items = Try(template, () => new Expression(scope).Evaluate(each.Groups["list"].Value), new JsonArray())!.AsArray();
            return items.SelectMany(one => Expand(loop.Single().Value, template, new(scope) { [each.Groups["name"].Value] = one })!.AsArray().Select(Detach)).ToList();
        }

        return item is JsonObject reference && reference["template"] is { } path ? Insert((string)path!, reference, template, scope) : [Expand(item, template, scope)];
    }

    private List<JsonNode?> Insert(string path, JsonObject reference, Template template, Dictionary<string, JsonNode?> scope)
    {
        var target = Path.Combine(Path.GetDirectoryName(template.Path)!, path).Replace('\\', '/');
        if (!File.Exists(Repository.Absolute(target)))
        {
            problems.Add($"{template.Path}: there is no template '{target}'.");
            return [];
        }

        var inserted = Load(target);
        var given = Expand(reference["parameters"], template, scope)?.AsObject() ?? [];
        var content = inserted.Content["stages"] ?? inserted.Content["jobs"] ?? inserted.Content["steps"];
        return [.. Expand(content, inserted, Scope(inserted.Bind(given, problems)))!.AsArray().Select(Detach)];
    }

    /// <summary>A scalar that is one expression becomes its value, whatever that is; others are put together.</summary>
    private JsonNode? Text(string text, Template template, Dictionary<string, JsonNode?> scope) =>
        Whole().Match(text) is { Success: true } whole
            ? Try(template, () => new Expression(scope).Evaluate(whole.Groups["text"].Value), null)
            : JsonValue.Create(Part().Replace(text, part => (string?)Try(template, () => new Expression(scope).Evaluate(part.Groups["text"].Value), null) ?? ""));

    private T Try<T>(Template template, Func<T> evaluate, T otherwise)
    {
        try
        {
            return evaluate();
        }
        catch (FormatException wrong)
        {
            problems.Add($"{template.Path}: {wrong.Message}");
            return otherwise;
        }
    }

    private static JsonNode? Detach(JsonNode? node) => node?.DeepClone();

    [GeneratedRegex(@"^\$\{\{\s*if\s(?<text>.*)\}\}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^\$\{\{\s*each\s+(?<name>\w+)\s+in\s+(?<list>\S+)\s*\}\}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Loop();

    [GeneratedRegex(@"^\$\{\{(?<text>[^}]*)\}\}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\$\{\{(?<text>[^}]*)\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();
}
