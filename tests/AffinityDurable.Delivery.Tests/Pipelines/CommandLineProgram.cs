using System.Diagnostics;
using System.Text;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>The built command line in a process of its own; it ends with this object.</summary>
internal sealed class CommandLineProgram : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly StringBuilder said = new();

    public CommandLineProgram(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string Dll => Path.Combine(AppContext.BaseDirectory, "affinity-durable.dll");

    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    /// <summary>Waits until it has said something.</summary>
    public async Task UntilAsync(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Said.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(process.HasExited, Said);
            Assert.True(watch.Elapsed < Longest, Said);
            await Task.Delay(20);
        }
    }

    /// <summary>A program of that name for scripts.</summary>
    public static string OnPath(Folder folder) => folder.Program("bin/affinity-durable", $"exec dotnet '{Dll}' \"$@\"\n");

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        process.Dispose();
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.AppendLine(line.Data);
        }
    }
}
