using System.Globalization;
using AffinityDurable.Simulator;

namespace AffinityDurable.Bench.World;

/// <summary>The hidden mode in which this program serves the simulated Affinity until its standard input ends.</summary>
internal static class SimulatorHost
{
    public const string Mode = "simulator-host";

    /// <param name="args">Entries of the list, calls per window, seconds of the window.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new SimulatorOptions
        {
            CallsPerMinute = int.Parse(args[1], CultureInfo.InvariantCulture),
            Window = TimeSpan.FromSeconds(double.Parse(args[2], CultureInfo.InvariantCulture)),
        };
        var tenant = Portfolio.Build(int.Parse(args[0], CultureInfo.InvariantCulture));
        await using var server = await SimulatorServer.StartAsync(options, tenant);
        await Console.Out.WriteLineAsync($"{server.BaseAddress} {server.ApiKey}");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
