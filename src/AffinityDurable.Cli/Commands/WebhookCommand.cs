using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers.Webhooks;
using AffinityDurable.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>webhook token | register | status | remove</c>: Affinity's webhook of this app.</summary>
internal static class WebhookCommand
{
    public static Command Create(GlobalOptions globals) =>
        new("webhook", "Looks after the webhook by which Affinity tells what happens") { Token(globals), Register(globals), Status(globals), Remove(globals) };

    private static Command Token(GlobalOptions globals)
    {
        var command = new Command("token", "Makes a token for the address of the webhook, and shows the setting for it");
        command.SetAction(result =>
        {
            globals.Terminal(result).Line($"Webhooks__Affinity__Token={WebhookToken.New()}");
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static Command Register(GlobalOptions globals)
    {
        var url = new Option<Uri>("--url") { Description = "Where the host is reached from the internet, without /api", HelpName = "address", Required = true, CustomParser = result => Address(result.Tokens[0].Value) };
        url.Validators.Add(result =>
        {
            if (Address(result.Tokens[0].Value) is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' is no https address; http is for this machine only.");
            }
        });
        var command = new Command("register", "Subscribes what the definitions ask for, or brings the webhook that is there up to date") { url };
        command.SetAction((result, stop) => RegisterAsync(globals.Session(result), result.GetRequiredValue(url), stop));
        return command;
    }

    private static Command Status(GlobalOptions globals)
    {
        var command = new Command("status", "Shows all webhooks of the organisation, and which is that of this app");
        command.SetAction((result, stop) => ShowAsync(globals.Session(result), stop));
        return command;
    }

    private static Command Remove(GlobalOptions globals)
    {
        var command = new Command("remove", "Ends the webhook of this app, and no other");
        command.SetAction(async (result, stop) =>
        {
            var session = globals.Session(result);
            await using var services = session.Services();
            var removed = await Registration(services).RemoveAsync(stop);
            session.Terminal.Line(removed == 0 ? "There is no webhook of this app." : "The webhook of this app is removed.");
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static async Task<int> RegisterAsync(Session session, Uri url, CancellationToken stop)
    {
        await using var services = session.Services();
        var types = services.GetRequiredService<SourceTypes>();
        var texts = await services.GetRequiredService<IDefinitionStore>().ReadAllAsync(stop);
        var definitions = DefinitionSet.Parse(texts, types).Definitions.Where(definition => definition.OnNewEntry || definition.OnField.Count > 0).ToList();
        var events = WebhookRegistration.EventsOf(definitions);
        var sources = new SourceCheck(services.GetRequiredService<SourceAdapters>(), session.Terminal);
        var check = new DefinitionCheck(services.GetRequiredService<LiveResolution>(), types, sources, session.Terminal);
        var problems = await check.LiveAsync(definitions, stop);
        if (problems.Count > 0)
        {
            throw new ProblemException(problems);
        }

        var wasThere = await Registration(services).RegisterAsync(url, events, stop);
        session.Terminal.Line($"{(wasThere ? "Brought up to date" : "Registered")}: {string.Join(", ", events)}");
        session.Terminal.Line($"for {string.Join(", ", definitions.Select(definition => definition.Sync))}. Affinity has posted its test to {url.Host}.");
        return ExitCodes.Succeeded;
    }

    private static async Task<int> ShowAsync(Session session, CancellationToken stop)
    {
        await using var services = session.Services();
        var registration = Registration(services);
        var all = await registration.ListAsync(stop);
        session.Terminal.Line($"{all.Count} of {WebhookRegistration.Most} webhooks of the organisation are taken{(all.Any(registration.IsOurs) ? "." : "; none is of this app.")}");
        Tables.Write(
            session.Terminal,
            ["#id", "host", "of this app", "status", "events"],
            all.Select(webhook => (IReadOnlyList<string?>)[Tables.Number(webhook.Id), HostOf(webhook), registration.IsOurs(webhook) ? "yes" : "no", webhook.IsActive ? "active" : "disabled", EventsOf(webhook)]));
        return ExitCodes.Succeeded;
    }

    /// <summary>The rest of an address may be somebody's secret.</summary>
    private static string HostOf(Webhook webhook) => Uri.TryCreate(webhook.Url, UriKind.Absolute, out var url) ? url.Host : "?";

    private static string EventsOf(Webhook webhook) => webhook.Events.Count == 0 ? "all" : string.Join(", ", webhook.Events);

    private static WebhookRegistration Registration(IServiceProvider services) =>
        new(services.GetRequiredService<AffinityClient>(), services.GetRequiredService<IOptions<WebhookOptions>>());

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) && url.UserInfo.Length == 0 && url.Query.Length == 0
            ? url
            : null;
}
