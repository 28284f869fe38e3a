using System.Text.Json;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>The templates, and a copy of them for parameters that tests make up.</summary>
internal static class Templates
{
    private static readonly Lazy<string> Copied = new(Copy);
    private static readonly Lazy<JsonElement> Main = new(() => Bicep.Build("infra/main.bicep").RootElement);

    /// <summary>All files that are written by hand, as paths from the root of the repository.</summary>
    public static IReadOnlyList<string> Sources => [.. Repository.Paths("infra", "*.bicep"), .. Repository.Paths("infra", "*.bicepparam")];

    /// <summary>The ARM template of everything.</summary>
    public static JsonElement Compiled => Main.Value;

    /// <summary>What a set of parameters in the repository would deploy.</summary>
    public static Deployment Evaluate(string parameters) => Deployment.Parse(Bicep.Snapshot($"infra/{parameters}"));

    /// <summary>What a set of parameters that a test makes up would deploy.</summary>
    public static Deployment Evaluate(string name, string parameters, string template = "main.bicep")
    {
        var file = Path.Combine(Copied.Value, $"{name}.bicepparam");
        File.WriteAllText(file, $"using '{template}'\n{parameters}");
        return Deployment.Parse(Bicep.Snapshot(file, resourceGroup: template == "main.bicep" ? null : "rg-of-a-module"));
    }

    private static string Copy()
    {
        var folder = Directory.CreateTempSubdirectory("affinity-durable-templates-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var path in Repository.Paths("infra", "*"))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath("infra", path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.Absolute(path), copy);
        }

        return folder;
    }
}
