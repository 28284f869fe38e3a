using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <param name="Content">The stage, expanded.</param>
/// <param name="Index">Its place in the file.</param>
internal sealed record Stage(JsonObject Content, int Index)
{
    public string Name => (string)Content["stage"]!;

    public IReadOnlyList<string>? DependsOn => Names(Content["dependsOn"]);

    public IEnumerable<Job> Jobs => Content["jobs"]!.AsArray().Select(job => new Job(this, job!.AsObject()));

    internal static IReadOnlyList<string>? Names(JsonNode? node) => node switch
    {
        null => null,
        JsonArray names => [.. names.Select(name => (string)name!)],
        _ => [(string)node!],
    };
}

/// <param name="Stage">Where it belongs.</param>
/// <param name="Content">A job, or one that deploys to an environment.</param>
internal sealed record Job(Stage Stage, JsonObject Content)
{
    public string Name => (string)(Content["job"] ?? Content["deployment"])!;

    public bool Deploys => Content.ContainsKey("deployment");

    public IReadOnlyList<string> DependsOn => Stage.Names(Content["dependsOn"]) ?? [];

    public JsonNode? Pool => Content["pool"] ?? Stage.Content["pool"];

    public IEnumerable<JsonObject> Steps =>
        (Deploys ? Content["strategy"]!["runOnce"]!["deploy"]!["steps"]! : Content["steps"]!).AsArray().Select(step => step!.AsObject());

    public IEnumerable<JsonObject> Tasks(string name) => Steps.Where(step => (string?)step["task"] == name);

    public override string ToString() => $"{Stage.Name}/{Name}";
}

/// <summary>A call of one of our scripts by a step.</summary>
/// <param name="Job">Where it is called.</param>
/// <param name="Script">Path from the root.</param>
/// <param name="Arguments">As they are written, with variables of the run.</param>
internal sealed record ScriptCall(Job Job, string Script, IReadOnlyList<string> Arguments)
{
    private const string Folder = "eng/pipelines/scripts/";

    /// <summary>The script that a step calls; null for steps that call none.</summary>
    /// <exception cref="FormatException">It runs something else than one script.</exception>
    public static ScriptCall? Of(Job job, JsonObject step)
    {
        var command = (string?)step["bash"]
            ?? ((string?)step["task"] == "AzureCLI@2" ? $"{step["inputs"]!["scriptPath"]} {step["inputs"]!["arguments"]}" : null);
        if (command is null)
        {
            return step.ContainsKey("script") || step.ContainsKey("pwsh") || step.ContainsKey("powershell")
                ? throw new FormatException($"{job} has a step that is no script of ours: {step.ToJsonString()}")
                : null;
        }

        var path = command.Replace("$(scripts)/", Folder, StringComparison.Ordinal).Replace("$(Build.SourcesDirectory)/" + Folder, Folder, StringComparison.Ordinal);
        var words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words[0].StartsWith(Folder, StringComparison.Ordinal) && !command.Contains('\n', StringComparison.Ordinal) && !words.Any(word => word is "&&" or "|" or ";")
            ? new(job, words[0], words[1..])
            : throw new FormatException($"{job} runs more than a script of ours: {command}");
    }
}
