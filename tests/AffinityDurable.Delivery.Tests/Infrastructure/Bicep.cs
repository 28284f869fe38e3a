using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>The compiler of Bicep, without a network.</summary>
internal static class Bicep
{
    private static readonly string? Program = Repository.Metadata("Bicep");
    private static readonly Lazy<BicepServer> Server = new(() =>
    {
        BicepServer server = new(Start("jsonrpc", "--stdio"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    /// <summary>Why tests that compile are left out; null where the compiler is there.</summary>
    public static string? ReasonToSkip => Program is null ? "The package of the Bicep compiler is referenced on Linux x64 only." : null;

    /// <summary>The ARM template that a file compiles to.</summary>
    /// <param name="path">Path of a .bicep file from the root of the repository.</param>
    public static JsonDocument Build(string path) => JsonDocument.Parse(Compile(path)["contents"]?.GetValue<string>() ?? throw new InvalidOperationException(string.Join('\n', Findings(path))));

    /// <summary>What compiler and linter have to say of a file and of the modules that it names.</summary>
    /// <param name="path">Path of a .bicep or .bicepparam file.</param>
    public static IReadOnlyList<string> Findings(string path) =>
        [.. Compile(path)["diagnostics"]!.AsArray().Select(finding => $"{finding!["source"]}({finding["range"]!["start"]!["line"]!.GetValue<int>() + 1}): {finding["code"]} {finding["message"]}").Distinct()];

    /// <summary>The text of a file as the formatter has it.</summary>
    public static string Format(string path) => Server.Value.Ask("bicep/format", new() { ["path"] = Repository.Absolute(path) })["contents"]!.GetValue<string>();

    /// <summary>What parameters would deploy, as JSON.</summary>
    /// <param name="path">Path of a .bicepparam file.</param>
    /// <param name="resourceGroup">Where it goes; null for a template of a subscription.</param>
    /// <exception cref="InvalidOperationException">They are refused.</exception>
    public static string Snapshot(string path, string? resourceGroup = null) =>
        Findings(path) is { Count: > 0 } findings
            ? throw new InvalidOperationException(string.Join('\n', findings))
            : Server.Value.Ask("bicep/getSnapshot", new()
            {
                ["path"] = Repository.Absolute(path),
                ["metadata"] = new JsonObject
                {
                    ["tenantId"] = "00000000-0000-0000-0000-0000000000aa",
                    ["subscriptionId"] = "00000000-0000-0000-0000-0000000000bb",
                    ["resourceGroup"] = resourceGroup,
                    ["location"] = "westeurope",
                    ["deploymentName"] = "snapshot",
                },
                ["externalInputs"] = new JsonArray(),
            })["snapshot"]!.GetValue<string>();

    /// <summary>What the compiler prints, and what it has to say of it; empty where it finds nothing.</summary>
    /// <exception cref="InvalidOperationException">It refuses.</exception>
    public static BicepResult Run(params string[] arguments)
    {
        using var process = Process.Start(Start(arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? new(output, errors.Result)
            : throw new InvalidOperationException($"bicep {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
    }

    private static JsonNode Compile(string path) => Path.GetExtension(path) == ".bicepparam"
        ? Server.Value.Ask("bicep/compileParams", new() { ["path"] = Repository.Absolute(path), ["parameterOverrides"] = new JsonObject() })
        : Server.Value.Ask("bicep/compile", new() { ["path"] = Repository.Absolute(path) });

    private static ProcessStartInfo Start(params string[] arguments)
    {
        ProcessStartInfo start = new(Program ?? throw new InvalidOperationException(ReasonToSkip), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(Path.GetTempPath(), "affinity-durable-bicep");
        return start;
    }
}

/// <param name="Output">Standard output.</param>
/// <param name="Findings">Standard error: warnings and what the linter says.</param>
internal sealed record BicepResult(string Output, string Findings);
