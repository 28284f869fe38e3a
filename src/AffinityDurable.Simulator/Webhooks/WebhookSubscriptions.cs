using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>
/// The subscriptions of an account in id order. Reading takes no lock: there are few, and every write of a value looks here.
/// </summary>
internal sealed class WebhookSubscriptions
{
    private readonly Lock _gate = new();
    private readonly IdSequence _ids = new(701);
    private volatile WebhookSubscription[] _all = [];

    /// <summary>All of them, as they are now.</summary>
    public WebhookSubscription[] All => _all;

    public WebhookSubscription? Find(long id) => Array.Find(_all, each => each.Id == id);

    /// <exception cref="ApiException">400: there are as many as are allowed, or the URL is taken.</exception>
    public void CheckRoom(Uri url, int? most)
    {
        if (_all.Length >= most)
        {
            throw new ApiException(400, $"There are {_all.Length} webhooks already, and {most} are allowed.");
        }

        CheckUnused(url, ownerId: null);
    }

    /// <exception cref="ApiException">400: another subscription uses the URL.</exception>
    public void CheckUnused(Uri url, long? ownerId)
    {
        if (Array.Exists(_all, each => each.Id != ownerId && each.Uses(url)))
        {
            throw ApiException.Invalid("url", "Another webhook uses this URL.");
        }
    }

    /// <summary>Adds a subscription; an id of 0 is replaced by the next free one.</summary>
    /// <exception cref="ApiException">400: there are as many as are allowed, or the URL is taken.</exception>
    public WebhookSubscription Add(WebhookSubscription subscription, int? most = null)
    {
        lock (_gate)
        {
            CheckRoom(subscription.Url, most);
            var added = subscription with { Id = _ids.Take(subscription.Id == 0 ? null : subscription.Id) };
            _all = [.. _all.Append(added).OrderBy(each => each.Id)];
            return added;
        }
    }

    /// <summary>Replaces a subscription, or does nothing when it was deleted meanwhile.</summary>
    /// <exception cref="ApiException">400: another subscription uses the new URL.</exception>
    public void Change(long id, Func<WebhookSubscription, WebhookSubscription> change)
    {
        lock (_gate)
        {
            _all = [.. _all.Select(each => each.Id == id ? Changed(each) : each)];
        }

        WebhookSubscription Changed(WebhookSubscription before)
        {
            var after = change(before);
            CheckUnused(after.Url, id);
            return after;
        }
    }

    public void Remove(long id)
    {
        lock (_gate)
        {
            _all = [.. _all.Where(each => each.Id != id)];
        }
    }
}
