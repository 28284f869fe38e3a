using System.Diagnostics;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>Runs the scripts of the pipeline, as a step does.</summary>
internal static class Script
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>A script by its name below the root, or a program.</summary>
    public static Task<ScriptResult> RunAsync(string program, params string[] arguments) => RunAsync(program, new Dictionary<string, string>(), arguments);

    public static async Task<ScriptResult> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var path = program.StartsWith("eng/", StringComparison.Ordinal) ? Repository.Absolute(program) : program;
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["POLL_SECONDS"] = "0.2";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var stop = new CancellationTokenSource(Longest);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop.Token);
            var error = process.StandardError.ReadToEndAsync(stop.Token);
            await process.WaitForExitAsync(stop.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} does not end.", late);
        }
    }

    /// <summary>A script of the pipeline by its file name.</summary>
    public static Task<ScriptResult> CallAsync(string name, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunAsync($"eng/pipelines/scripts/{name}", environment, arguments);
}

/// <summary>What a script left behind.</summary>
internal sealed record ScriptResult(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit {ExitCode}\n--- output\n{Output}\n--- error\n{Error}";
}
