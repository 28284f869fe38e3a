using System.Diagnostics;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>The built command line in a process of its own; it ends with this object.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    public ProgramProcess(params string[] arguments)
        : this([], arguments)
    {
    }

    public ProgramProcess(IEnumerable<(string Name, string Value)> settings, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "affinity-durable.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>All that it prints, once it has ended well.</summary>
    public async Task<string> OutputAsync()
    {
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}: {await errors}");
        return output;
    }

    /// <summary>The first so many settings that it prints as <c>name=value</c>.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> SettingsAsync(int count)
    {
        var settings = new List<(string, string)>();
        while (settings.Count < count)
        {
            var line = await process.StandardOutput.ReadLineAsync();
            Assert.True(line is not null, $"It ended before it said its settings.");
            if (line.Split('=', 2) is [var name, var value])
            {
                settings.Add((name, value));
            }
        }

        return settings;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
