using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AffinityDurable.Cli.Demo;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Errors;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>simulator</c>: a simulated Affinity to try definitions against.</summary>
internal sealed class SimulatorCommand
{
    private readonly Option<int> port = new("--port") { Description = "Port on the loopback address; 0 takes a free one", DefaultValueFactory = _ => 0 };
    private readonly Option<FileInfo?> seedFile = new("--seed-file") { Description = "The account, as the simulator saves it", HelpName = "file" };
    private readonly Option<bool> demo = new("--demo") { Description = "The account that `demo` uses: samples/demo runs against it" };
    private readonly Option<int> companies = new("--companies") { Description = "Companies to generate", DefaultValueFactory = _ => 1_000 };
    private readonly Option<int> fields = new("--fields") { Description = "Fields to generate", DefaultValueFactory = _ => 10 };
    private readonly Option<ulong> seed = new("--seed") { Description = "The same number gives the same account", DefaultValueFactory = _ => 1 };
    private readonly Option<int> callsPerMinute = new("--calls-per-minute") { Description = "Calls of a user in one window", DefaultValueFactory = _ => 900 };
    private readonly Option<double> windowSeconds = new("--window-seconds") { Description = "Length of the window", DefaultValueFactory = _ => 60 };
    private readonly Option<long?> callsPerMonth = new("--calls-per-month") { Description = "Calls of the account in a month; unlimited without" };

    public static Command Create(GlobalOptions globals) => new SimulatorCommand().Build(globals);

    private Command Build(GlobalOptions globals)
    {
        var command = new Command("simulator", "Serves a simulated Affinity until Ctrl-C") { port, seedFile, demo, companies, fields, seed, callsPerMinute, windowSeconds, callsPerMonth };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !ushort.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"'{given.Value}' is not a port: 0 to {ushort.MaxValue}.");
            }
        });
        command.SetAction(async (result, stop) =>
        {
            var terminal = globals.Terminal(result);
            var tenant = await TenantAsync(result, stop);
            await Listening.StartAsync(() => SimulatorServer.RunAsync(Options(result), tenant, server => Announce(terminal, server), stop));
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private SimulatorOptions Options(ParseResult result) => new()
    {
        Port = result.GetValue(port),
        CallsPerMinute = result.GetValue(callsPerMinute),
        Window = TimeSpan.FromSeconds(result.GetValue(windowSeconds)),
        CallsPerMonth = result.GetValue(callsPerMonth),
    };

    private async Task<Tenant> TenantAsync(ParseResult result, CancellationToken stop) =>
        result.GetValue(seedFile) is { } file ? await SeededAsync(file, stop)
        : result.GetValue(demo) ? new DemoTenant(DemoPortfolio.Create()).Tenant
        : TenantGenerator.Generate(new GeneratorSettings
        {
            Companies = result.GetValue(companies),
            Fields = result.GetValue(fields),
            Seed = result.GetValue(seed),
        });

    private static async Task<Tenant> SeededAsync(FileInfo file, CancellationToken stop)
    {
        try
        {
            return await SeedFile.LoadAsync(file.FullName, stop);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new ProblemException(Problem.Of(HostErrors.SeedUnreadable, $"{HostErrors.SeedUnreadable.Title}: {exception.Message}"));
        }
    }

    private static void Announce(Terminal terminal, SimulatorServer server)
    {
        terminal.Line("A simulated Affinity. To use it, set:");
        terminal.Line($"Affinity__BaseAddress={server.BaseAddress}");
        terminal.Line($"Affinity__ApiKey={server.ApiKey}");
        foreach (var list in server.Tenant.Lists)
        {
            terminal.Line($"List {list.Id} \"{list.Name}\": {Tables.Number(list.EntryCount)} entries, {list.Fields.Count} fields");
        }

        terminal.Line("Ctrl-C stops.");
    }
}
