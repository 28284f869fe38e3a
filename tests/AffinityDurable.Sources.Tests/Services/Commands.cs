using System.Diagnostics;

namespace AffinityDurable.Sources.Tests.Services;

/// <summary>Runs programs to their end.</summary>
internal static class Commands
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidOperationException">The program failed; the message has what it said.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var stop = new CancellationTokenSource(Longest);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(stop.Token);
        var errors = process.StandardError.ReadToEndAsync(stop.Token);
        await process.WaitForExitAsync(stop.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}");
        }
    }
}
