using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace AffinityDurable.Cli.Tests;

/// <summary>The program as users start it: a process of its own.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private const int SigInt = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private CliProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Text(output);

    public string Error => Text(error);

    public static CliProcess Start(string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "affinity-durable.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new CliProcess(new Process { StartInfo = start });
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<CliResult> RunAsync(string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var cli = Start(directory, environment, arguments);
        return await cli.EndAsync();
    }

    public async Task<CliResult> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"The program did not end.\n{Output}\n{Error}", late);
        }

        return new CliResult(process.ExitCode, Output, Error);
    }

    /// <summary>Waits until something has happened.</summary>
    public async Task UntilAsync(Func<bool> happened)
    {
        var watch = Stopwatch.StartNew();
        while (!happened())
        {
            Assert.False(process.HasExited, $"The program ended too early.\n{Output}\n{Error}");
            Assert.True(watch.Elapsed < Patience, $"Waited in vain.\n{Output}\n{Error}");
            await Task.Delay(20);
        }
    }

    public void Interrupt() => Assert.Equal(0, Kill(process.Id, SigInt));

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}

/// <summary>What a process left behind.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit {ExitCode}\n--- output\n{Output}\n--- error\n{Error}";
}
