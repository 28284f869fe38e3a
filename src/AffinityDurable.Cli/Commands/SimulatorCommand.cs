using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using AffinityDurable.Cli.Demo;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Errors;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>simulator</c>: a simulated Affinity to try definitions against.</summary>
internal sealed class SimulatorCommand
{
    private readonly Option<IPAddress> listen = new("--listen")
    {
        Description = $"Address to listen on; another than loopback needs a key in {SimulatorKey.Variable}",
        HelpName = "address",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = Arguments.IpAddress,
    };

    private readonly Option<int> port = new("--port") { Description = "Port; 0 takes a free one", DefaultValueFactory = _ => 0 };
    private readonly Option<FileInfo?> seedFile = new("--seed-file") { Description = "The account, as the simulator saves it", HelpName = "file" };
    private readonly Option<bool> demo = new("--demo") { Description = "The account that `demo` uses: samples/demo runs against it" };
    private readonly Option<int> companies = new("--companies") { Description = "Companies to generate", DefaultValueFactory = _ => 1_000 };
    private readonly Option<int> fields = new("--fields") { Description = "Fields to generate", DefaultValueFactory = _ => 10 };
    private readonly Option<ulong> seed = new("--seed") { Description = "The same number gives the same account", DefaultValueFactory = _ => 1 };
    private readonly Option<int> callsPerMinute = new("--calls-per-minute") { Description = "Calls of a user in one window", DefaultValueFactory = _ => 900 };
    private readonly Option<double> windowSeconds = new("--window-seconds") { Description = "Length of the window", DefaultValueFactory = _ => 60 };
    private readonly Option<long?> callsPerMonth = new("--calls-per-month") { Description = "Calls of the account in a month; unlimited without" };
    private readonly Option<int?> concurrency = new("--concurrency") { Description = "Calls of the account at a time; unlimited without" };
    private readonly Option<bool> retryAfter = new("--retry-after") { Description = "Sends Retry-After with a 429, which Affinity does not document" };
    private readonly Option<bool> log = new("--log") { Description = "Keeps the last 10,000 calls, for GET /_sim/log" };
    private readonly Option<string[]> faults = new("--fault") { Description = "What goes wrong, as POST /_sim/faults takes it; may be given more than once", HelpName = "json" };
    private readonly Option<FileInfo?> snapshot = new("--snapshot") { Description = "Saves the account there when it is stopped", HelpName = "file" };

    public static Command Create(GlobalOptions globals) => new SimulatorCommand().Build(globals);

    private Command Build(GlobalOptions globals)
    {
        var command = new Command("simulator", "Serves a simulated Affinity until Ctrl-C")
        {
            listen, port, seedFile, demo, companies, fields, seed, callsPerMinute, windowSeconds, callsPerMonth, concurrency, retryAfter, log, faults, snapshot,
        };
        Require(port, $"a port: 0 to {ushort.MaxValue}", IsPort);
        Require(companies, "0 or more", AtLeast(0));
        Require(fields, "0 or more", AtLeast(0));
        Require(callsPerMinute, "0 or more", AtLeast(0));
        Require(callsPerMonth, "0 or more", AtLeast(0));
        Require(concurrency, "1 or more", AtLeast(1));
        Require(windowSeconds, "seconds above 0, up to a day", IsWindow);
        RequireFaults();
        command.SetAction(async (result, stop) =>
        {
            var terminal = globals.Terminal(result);
            var file = SnapshotFile.Of(result.GetValue(snapshot));
            var key = SimulatorKey.For(result.GetRequiredValue(listen));
            var tenant = await TenantAsync(result, stop);
            if (key is not null)
            {
                SimulatorKey.Give(tenant, key);
            }

            await Listening.StartAsync(() => ServeAsync(terminal, Options(result), tenant, file, stop));
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private SimulatorOptions Options(ParseResult result) => new()
    {
        Address = result.GetRequiredValue(listen),
        Port = result.GetValue(port),
        CallsPerMinute = result.GetValue(callsPerMinute),
        Window = TimeSpan.FromSeconds(result.GetValue(windowSeconds)),
        CallsPerMonth = result.GetValue(callsPerMonth),
        Concurrency = result.GetValue(concurrency),
        SendsRetryAfter = result.GetValue(retryAfter),
        LogsRequests = result.GetValue(log),
        Faults = [.. (result.GetValue(faults) ?? []).Select(Fault.Parse)],
        KeepsStart = true,
    };

    private static async Task ServeAsync(Terminal terminal, SimulatorOptions options, Tenant tenant, SnapshotFile? snapshot, CancellationToken stop)
    {
        await using var server = await StartAsync(options, tenant, stop);
        Announce(terminal, server, options);
        await server.WaitForShutdownAsync(stop);
        if (snapshot is not null)
        {
            await snapshot.SaveAsync(server);
            terminal.Line($"Saved the account to {snapshot.Path}.");
        }
    }

    private static async Task<SimulatorServer> StartAsync(SimulatorOptions options, Tenant tenant, CancellationToken stop)
    {
        try
        {
            return await SimulatorServer.StartAsync(options, tenant, stop);
        }
        catch (ArgumentException refused)
        {
            // Only the server knows the endpoints that a fault may name.
            throw new OptionsValidationException("--fault", typeof(SimulatorOptions), [refused.Message]);
        }
    }

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

    private void RequireFaults() => faults.Validators.Add(result =>
    {
        foreach (var given in result.Tokens)
        {
            try
            {
                Fault.Parse(given.Value);
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                result.AddError($"'{given.Value}' is no fault: {exception.Message}");
            }
        }
    });

    private static void Require<T>(Option<T> option, string what, Func<string, bool> holds) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var given] && !holds(given.Value))
        {
            result.AddError($"'{given.Value}' is not {what}.");
        }
    });

    private static bool IsPort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static Func<string, bool> AtLeast(long least) =>
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least;

    private static bool IsWindow(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400;

    private static void Announce(Terminal terminal, SimulatorServer server, SimulatorOptions options)
    {
        var isGiven = Environment.GetEnvironmentVariable(SimulatorKey.Variable) == server.ApiKey;
        terminal.Line("A simulated Affinity. To use it, set:");
        terminal.Line($"Affinity__BaseAddress={server.BaseAddress}");

        // A key that was given is a secret, and what is printed ends up in the logs of whatever runs this.
        terminal.Line($"Affinity__ApiKey={(isGiven ? $"the value of {SimulatorKey.Variable}" : server.ApiKey)}");
        if (!IPAddress.IsLoopback(options.Address))
        {
            terminal.ErrorLine($"Warning: it serves made-up data to whoever can reach {server.BaseAddress} and has the key, unencrypted: put a proxy with https in front.");
        }

        foreach (var list in server.Tenant.Lists)
        {
            terminal.Line($"List {list.Id} \"{list.Name}\": {Tables.Number(list.EntryCount)} entries, {list.Fields.Count} fields");
        }

        terminal.Line("Ctrl-C stops.");
    }
}
