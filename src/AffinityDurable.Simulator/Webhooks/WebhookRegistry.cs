using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>Creates, changes and deletes webhooks by the rules of the API.</summary>
internal sealed class WebhookRegistry(Simulation simulation)
{
    private WebhookSubscriptions Subscriptions => simulation.Tenant.Subscriptions;

    private int? MostWebhooks => simulation.Behavior.WebhookCap;

    /// <exception cref="ApiException">400: a bad, taken or unanswering URL, or too many webhooks.</exception>
    public async Task<WebhookSubscription> CreateAsync(WebhookBody body, User creator, CancellationToken cancellationToken)
    {
        var url = WebhookUrl.Parse(body.Url!);
        var subscriptions = Subscriptions;
        subscriptions.CheckRoom(url, MostWebhooks);
        await TestAsync(subscriptionId: null, url, cancellationToken);

        // Checked once more under the lock: others may have subscribed during the test delivery.
        return subscriptions.Add(new WebhookSubscription(0, url, body.Events!, creator.Id, simulation.Time.GetUtcNow()), MostWebhooks);
    }

    /// <exception cref="ApiException">400: a bad, taken or unanswering URL.</exception>
    public async Task ChangeAsync(WebhookSubscription before, WebhookBody body, CancellationToken cancellationToken)
    {
        var url = body.Url is { } text ? WebhookUrl.Parse(text) : before.Url;
        var subscriptions = Subscriptions;
        subscriptions.CheckUnused(url, before.Id);
        var becomesActive = body.IsActive ?? before.IsActive;
        if (becomesActive && (!before.IsActive || !before.Uses(url)))
        {
            await TestAsync(before.Id, url, cancellationToken);
        }

        subscriptions.Change(before.Id, current => current with
        {
            Url = body.Url is null ? current.Url : url,
            Events = body.Events ?? current.Events,
            IsActive = body.IsActive ?? current.IsActive,
            UpdatedAt = simulation.Time.GetUtcNow(),
        });
        simulation.Webhooks.Review(before.Id);
    }

    public void Delete(WebhookSubscription webhook)
    {
        Subscriptions.Remove(webhook.Id);
        simulation.Webhooks.Review(webhook.Id);
    }

    private async Task TestAsync(long? subscriptionId, Uri url, CancellationToken cancellationToken)
    {
        var attempt = await simulation.Webhooks.TestAsync(subscriptionId, url, cancellationToken);
        if (!attempt.IsAccepted)
        {
            throw ApiException.Invalid("url", $"The test delivery to {url.OriginalString} failed: {attempt.Outcome}.");
        }
    }
}
