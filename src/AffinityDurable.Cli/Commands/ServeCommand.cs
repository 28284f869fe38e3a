using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Core.Errors;
using AffinityDurable.LocalHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>serve</c>: schedules and the HTTP API, until it is stopped.</summary>
internal static class ServeCommand
{
    private const string DefaultListen = "http://127.0.0.1:7272";

    public static Command Create(GlobalOptions globals)
    {
        var listen = new Option<Uri>("--listen")
        {
            Description = "Where the HTTP API is served; port 0 takes a free one. Other machines need a key",
            HelpName = "url",
            DefaultValueFactory = _ => new Uri(DefaultListen),
            CustomParser = Arguments.HttpUrl,
        };
        var command = new Command("serve", "Runs the schedules of all syncs and serves the HTTP API until Ctrl-C") { listen };
        command.SetAction((result, stop) => ServeAsync(globals.Session(result), result.GetRequiredValue(listen), stop));
        return command;
    }

    private static async Task<int> ServeAsync(Session session, Uri listen, CancellationToken stop)
    {
        EnsureClosed(session, listen);
        session.EnsureStateDirectory();
        using var host = HostComposition.Build(TrustingThisMachine(session), session.StateDirectory, listen);
        var ending = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await Listening.StartAsync(() => host.StartAsync(stop));
        }
        catch (StateDirectoryInUseException inUse)
        {
            throw new ProblemException(Problem.Of(HostErrors.StateDirectoryInUse, inUse.Message));
        }

        var url = host.Services.GetRequiredService<EmbeddedHost>().Url;
        session.Terminal.Line($"Serving {url}api for {Callers(listen)}; definitions in {session.DefinitionPlace}, state in {session.StorePlace}. Ctrl-C stops.");
        await UntilEitherAsync(stop, ending);
        await host.StopAsync(CancellationToken.None);
        session.Terminal.Line("Stopped.");

        // Whoever stops a server has what was wanted; a host that ended by itself has not.
        return stop.IsCancellationRequested ? ExitCodes.Succeeded : ExitCodes.Failed;
    }

    /// <summary>Who can reach the address may call: from other machines it takes a key.</summary>
    private static void EnsureClosed(Session session, Uri listen)
    {
        if (!listen.IsLoopback && !session.Configuration.GetSection("Access:Keys").GetChildren().Any())
        {
            throw new ProblemException(Problem.Of(AccessErrors.OpenWithoutKey, $"'{listen.Host}' can be reached from other machines, and Access__Keys has no key."));
        }
    }

    private static string Callers(Uri listen) =>
        listen.IsLoopback ? "this machine" : "whoever has a key (unencrypted: put a proxy with https in front)";

    /// <summary>Unless the settings say otherwise.</summary>
    private static Session TrustingThisMachine(Session session) => session with
    {
        Configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Access:TrustLoopback", (string?)"true")])
            .AddConfiguration(session.Configuration)
            .Build(),
    };

    private static async Task UntilEitherAsync(CancellationToken one, CancellationToken other)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(one, other);
        await Task.Delay(Timeout.Infinite, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
