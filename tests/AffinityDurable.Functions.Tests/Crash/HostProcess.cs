using System.Diagnostics;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>A process of its own that runs a sync, to be killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private HostProcess(Process process) => this.process = process;

    /// <summary>A process that serves the HTTP API and the webhook.</summary>
    public static HostProcess Serve(string directory, Uri affinity, string apiKey, IReadOnlyDictionary<string, string> settings, string? workingDirectory = null) =>
        Start(directory, affinity, apiKey, "--serve", settings: settings, workingDirectory: workingDirectory);

    public static HostProcess Start(
        string directory,
        Uri affinity,
        string apiKey,
        string sync,
        string? haltAt = null,
        string? undone = null,
        string? stores = null,
        IReadOnlyDictionary<string, string>? settings = null,
        string? workingDirectory = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AffinityDurable.Functions.Tests.Host.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } dotnet && Path.GetFileNameWithoutExtension(dotnet) == "dotnet" ? dotnet : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
            ArgumentList = { program, directory, affinity.ToString(), sync },

            // What a kill leaves in the temporary folder goes with the state directory.
            Environment = { ["Affinity__ApiKey"] = apiKey, ["TMPDIR"] = directory, ["TMP"] = directory, ["Stores__BlobUri"] = stores },
        };
        start.ArgumentList.Add(haltAt ?? "-");
        if (undone is not null)
        {
            start.ArgumentList.Add(undone);
        }

        foreach (var setting in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[setting.Key] = setting.Value;
        }

        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>The run that the process works on, as it says itself.</summary>
    public async Task<string> RunIdAsync() => (await LineAsync("run "))["run ".Length..];

    /// <summary>Where the process serves.</summary>
    public async Task<Uri> AddressAsync() => new((await LineAsync("serving "))["serving ".Length..]);

    /// <summary>Waits until the process stands at the access it was told to halt at, and kills it there.</summary>
    public async Task KillWhenHaltedAsync()
    {
        await LineAsync("halted");
        await KillAsync();
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until it exits; true when it came to its end, false when it was killed.</summary>
    public async Task<bool> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task<string> LineAsync(string start)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The process ended without '{start}': {await process.StandardError.ReadToEndAsync(limit.Token)}");
    }
}
