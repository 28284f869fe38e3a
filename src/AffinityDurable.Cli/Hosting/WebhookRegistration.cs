using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Triggers.Webhooks;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Cli.Hosting;

/// <summary>The one webhook of this app among those of the organisation.</summary>
internal sealed class WebhookRegistration(AffinityClient client, IOptions<WebhookOptions> options)
{
    /// <summary>How many an organisation may have, by Affinity's documents.</summary>
    public const int Most = 3;

    private const string Path = "/api/webhooks/affinity/";

    /// <summary>All webhooks of the organisation.</summary>
    /// <exception cref="AffinityException">Affinity refuses, or cannot be reached.</exception>
    public async Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken stop) => (await client.WebhooksAsync(stop)).Require();

    /// <summary>Whether a webhook leads to this app: its address ends with one of the tokens of the settings.</summary>
    public bool IsOurs(Webhook webhook) =>
        new[] { options.Value.Token, options.Value.PreviousToken }.Any(token => !string.IsNullOrEmpty(token) && webhook.Url.EndsWith(Path + token, StringComparison.Ordinal));

    /// <summary>Subscribes the events, or changes the webhook that is there: there is never a second one.</summary>
    /// <param name="address">Where the host is reached.</param>
    /// <param name="events">The events.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <returns>Whether one was there.</returns>
    /// <exception cref="ProblemException">There is no token (AFF764), no room (AFF761), or Affinity does not accept the address (AFF766).</exception>
    public async Task<bool> RegisterAsync(Uri address, IReadOnlyList<string> events, CancellationToken stop)
    {
        var url = new Uri(address.AbsoluteUri.TrimEnd('/') + Path + RequireToken());
        var all = await ListAsync(stop);
        if (all.FirstOrDefault(IsOurs) is { } ours)
        {
            Accept(await client.ChangeWebhookAsync(ours.Id, url, events, stop), address);
            return true;
        }

        if (all.Count >= Most)
        {
            throw Failure(EventErrors.TooManyWebhooks, $"The organisation has {all.Count} webhooks of {Most}, none of them of this app.");
        }

        Accept(await client.CreateWebhookAsync(url, events, stop), address);
        return false;
    }

    /// <summary>Ends the webhooks of this app and no other.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveAsync(CancellationToken stop)
    {
        RequireToken();
        var ours = (await ListAsync(stop)).Where(IsOurs).ToList();
        foreach (var webhook in ours)
        {
            (await client.DeleteWebhookAsync(webhook.Id, stop)).Require();
        }

        return ours.Count;
    }

    /// <summary>The events that the definitions ask for.</summary>
    /// <exception cref="ProblemException">They ask for none (AFF765).</exception>
    public static IReadOnlyList<string> EventsOf(IReadOnlyList<SyncDefinition> definitions)
    {
        IReadOnlyList<string> events =
        [
            .. definitions.Any(definition => definition.OnNewEntry) ? ["list_entry.created"] : Array.Empty<string>(),
            .. definitions.Any(definition => definition.OnField.Count > 0) ? ["field_value.created", "field_value.updated", "field_value.deleted"] : Array.Empty<string>(),
        ];
        return events.Count > 0 ? events : throw Failure(EventErrors.NothingToSubscribe, "No definition has onNewEntry or onField.");
    }

    private string RequireToken() => string.IsNullOrEmpty(options.Value.Token)
        ? throw Failure(EventErrors.WebhookSettingsUnusable, "Webhooks__Affinity__Token is not set.")
        : options.Value.Token;

    private static void Accept<T>(Answer<T> answer, Uri address)
    {
        if (answer.Fault is { Kind: FaultKind.Refused } refused)
        {
            throw refused.Items.All(item => item.Code != "validation")
                ? Failure(EventErrors.TooManyWebhooks, "Affinity takes no further webhook.")
                : Failure(EventErrors.WebhookRefused, $"Affinity does not take a webhook at {address.Host}: it could not post its test there, or the address is in use.");
        }

        answer.Require();
    }

    private static ProblemException Failure(ErrorCode code, string message) => new(Problem.Of(code, message));
}
