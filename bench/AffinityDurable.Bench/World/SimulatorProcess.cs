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
    public static async Task<SimulatorProcess> StartAsync(int entries, int callsPerWindow, TimeSpan window)
    {
        var child = Process.Start(StartInfo(entries, callsPerWindow, window))!;
        var greeting = (await child.StandardOutput.ReadLineAsync())?.Split(' ');
        return greeting is [var address, var key]
            ? new SimulatorProcess(child, new Uri(address), key)
            : throw new RunFailedException("The simulator did not start.");
    }

    /// <summary>Calls since the start or the last reset, by status.</summary>
    public async Task<CallCounts> CountsAsync()
    {
        var counters = await control.GetFromJsonAsync<JsonElement>("_sim/counters");
        var throttled = counters.GetProperty("endpoints").EnumerateArray()
            .Where(endpoint => endpoint.GetProperty("status").GetInt32() == 429).Sum(endpoint => endpoint.GetProperty("calls").GetInt64());
        return new CallCounts(counters.GetProperty("total").GetInt64(), counters.GetProperty("acceptedPatches").GetInt64(), throttled);
    }

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

    private static ProcessStartInfo StartInfo(int entries, int callsPerWindow, TimeSpan window)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SimulatorProcess).Assembly.Location);
        }

        start.ArgumentList.Add(SimulatorHost.Mode);
        start.ArgumentList.Add(entries.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(callsPerWindow.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(window.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        return start;
    }
}

/// <summary>Calls that the simulated Affinity received.</summary>
internal sealed record CallCounts(long Total, long AcceptedPatches, long Throttled)
{
    public double ThrottledPercent => 100.0 * Throttled / Total;
}

/// <summary>A call in the simulator's log, with the instant of its answer.</summary>
internal sealed record LoggedCall(DateTimeOffset At, string Method, int Status);
