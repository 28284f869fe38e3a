using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace AffinityDurable.Bench.World;

/// <summary>The simulated Affinity in a process of its own, seen through its control API.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient control;

    private SimulatorProcess(Process process, Uri baseAddress, string apiKey)
    {
        this.process = process;
        BaseAddress = baseAddress;
        ApiKey = apiKey;
        control = new HttpClient { BaseAddress = baseAddress };
    }

    public Uri BaseAddress { get; }

    public string ApiKey { get; }

    /// <param name="entries">Entries of the list.</param>
    /// <param name="callsPerWindow">The limit.</param>
    /// <param name="window">The window of the limit.</param>
    public static Task<SimulatorProcess> StartAsync(int entries, int callsPerWindow, TimeSpan window) =>
        StartAsync(SimulatorHost.Mode, Text(entries), Text(callsPerWindow), window.TotalSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>A generated account, with a minute's window.</summary>
    public static Task<SimulatorProcess> StartGeneratedAsync(int entries, int fields, int callsPerWindow) =>
        StartAsync(SimulatorHost.Mode, Text(entries), Text(callsPerWindow), "60", Text(fields));

    /// <summary>No simulated Affinity at all, but the server that does nothing.</summary>
    public static Task<SimulatorProcess> StartBareAsync() => StartAsync(SimulatorHost.BareMode);

    /// <summary>The memory that the process holds now, as the operating system counts it (resident set).</summary>
    public double Megabytes()
    {
        process.Refresh();
        return process.WorkingSet64 / (1024.0 * 1024.0);
    }

    /// <summary>The most memory that the process has held so far.</summary>
    public double PeakMegabytes()
    {
        process.Refresh();
        return process.PeakWorkingSet64 / (1024.0 * 1024.0);
    }

    /// <summary>Calls since the start or the last reset, by status.</summary>
    public async Task<CallCounts> CountsAsync()
    {
        var counters = await control.GetFromJsonAsync<JsonElement>("_sim/counters");
        var throttled = counters.GetProperty("endpoints").EnumerateArray()
            .Where(endpoint => endpoint.GetProperty("status").GetInt32() == 429).Sum(endpoint => endpoint.GetProperty("calls").GetInt64());
        return new CallCounts(counters.GetProperty("total").GetInt64(), counters.GetProperty("acceptedPatches").GetInt64(), throttled);
    }

    /// <summary>PATCHes of an entry that were accepted.</summary>
    public async Task<long> PatchesOfAsync(long entryId) =>
        (await control.GetFromJsonAsync<JsonElement>($"_sim/entries/{entryId}")).GetProperty("acceptedPatches").GetInt64();

    public async Task ResetCountsAsync() => (await control.DeleteAsync("_sim/counters")).EnsureSuccessStatusCode();

    /// <summary>Starts the log of calls; it keeps the last 10,000.</summary>
    public async Task StartLogAsync() => (await control.PutAsJsonAsync("_sim/log", new { isOn = true })).EnsureSuccessStatusCode();

    /// <summary>The calls logged, in order.</summary>
    public async Task<IReadOnlyList<LoggedCall>> LogAsync()
    {
        var log = await control.GetFromJsonAsync<JsonElement>("_sim/log");
        return [.. log.GetProperty("requests").Deserialize<LoggedCall[]>(JsonSerializerOptions.Web)!.OrderBy(call => call.At)];
    }

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<SimulatorProcess> StartAsync(params string[] arguments)
    {
        var child = Process.Start(StartInfo(arguments))!;
        var greeting = (await child.StandardOutput.ReadLineAsync())?.Split(' ');
        return greeting is [var address, var key]
            ? new SimulatorProcess(child, new Uri(address), key)
            : throw new RunFailedException("The simulator did not start.");
    }

    /// <summary>Starts this program once more.</summary>
    public static ProcessStartInfo StartInfo(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SimulatorProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Calls that the simulated Affinity received.</summary>
internal sealed record CallCounts(long Total, long AcceptedPatches, long Throttled)
{
    public double ThrottledPercent => 100.0 * Throttled / Total;
}

/// <summary>A call in the simulator's log, with the instant of its answer.</summary>
internal sealed record LoggedCall(DateTimeOffset At, string Method, int Status);
