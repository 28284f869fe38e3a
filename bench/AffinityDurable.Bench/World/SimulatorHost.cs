using System.Globalization;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Bench.World;

/// <summary>The hidden modes in which this program serves until its standard input ends: the simulated Affinity, or a server that does nothing.</summary>
internal static class SimulatorHost
{
    /// <summary>Followed by entries of the list, calls per window, seconds of the window, and for a generated account its fields.</summary>
    public const string Mode = "simulator-host";

    public const string BareMode = "bare-host";

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new SimulatorOptions { CallsPerMinute = Integer(args[1]), Window = TimeSpan.FromSeconds(double.Parse(args[2], CultureInfo.InvariantCulture)) };
        await using var server = await SimulatorServer.StartAsync(options, Account(args));
        await ServeAsync(server.BaseAddress.ToString(), server.ApiKey);
        return 0;
    }

    public static async Task<int> RunBareAsync()
    {
        await using var server = await BareServer.StartAsync();
        await ServeAsync(server.Urls.First(), "none");
        return 0;
    }

    private static Tenant Account(string[] args) => args is [var entries, _, _, var fields]
        ? TenantGenerator.Generate(new GeneratorSettings { Companies = Integer(entries), Fields = Integer(fields) })
        : Portfolio.Build(Integer(args[0]));

    private static async Task ServeAsync(string address, string key)
    {
        await Console.Out.WriteLineAsync($"{address} {key}");
        await Console.In.ReadToEndAsync();
    }

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
