using System.Diagnostics;
using System.Text.Json;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>The compiler of Bicep, without a network.</summary>
internal static class Bicep
{
    private static readonly string? Program = Repository.Metadata("Bicep");

    /// <summary>Why tests that compile are left out; null where the compiler is there.</summary>
    public static string? ReasonToSkip => Program is null ? "The package of the Bicep compiler is referenced on Linux x64 only." : null;

    /// <summary>The ARM template that a file compiles to.</summary>
    /// <param name="path">Path of a .bicep file from the root of the repository.</param>
    public static JsonDocument Build(string path) => JsonDocument.Parse(Run("build", Repository.Absolute(path), "--stdout").Output);

    /// <summary>What the compiler prints, and what it has to say of it; empty where it finds nothing.</summary>
    /// <exception cref="InvalidOperationException">It refuses.</exception>
    public static BicepResult Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program ?? throw new InvalidOperationException(ReasonToSkip), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(Path.GetTempPath(), "affinity-durable-bicep");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? new(output, errors.Result)
            : throw new InvalidOperationException($"bicep {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
    }
}

/// <param name="Output">Standard output.</param>
/// <param name="Findings">Standard error: warnings and what the linter says.</param>
internal sealed record BicepResult(string Output, string Findings);
