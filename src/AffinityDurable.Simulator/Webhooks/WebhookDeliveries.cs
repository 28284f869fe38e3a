using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>
/// Queues what happens in the account for every subscription that wants to know, and delivers it. What happens is put into words in the
/// request that made it; nothing is posted there.
/// </summary>
internal sealed class WebhookDeliveries : IAccountListener, IDisposable
{
    private const string TestEvent = "test";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<long, DeliveryQueue> _queues = new();
    private readonly Simulation _simulation;
    private readonly WebhookSender _sender;
    private readonly Backoff _backoff;
    private readonly ValueEvents _valueEvents;

    public WebhookDeliveries(Simulation simulation, SimulatorOptions options)
    {
        _simulation = simulation;
        _sender = new(options, simulation.Time);
        _backoff = new(options.WebhookFirstRetry);
        _valueEvents = new(simulation.Behavior);
        Log = new(ResumeWhatIsDue);
    }

    public WebhookLog Log { get; }

    private WebhookSubscriptions Subscriptions => _simulation.Tenant.Subscriptions;

    public bool Wants(Field field) => Array.Exists(Subscriptions.All, each => each.WantsValues) && _valueEvents.AreToldOf(field);

    public void EntryCreated(ListEntry entry) => Send(WebhookEvents.EntryCreated, writer => V1EntryWriter.Write(writer, entry));

    public void EntryDeleted(ListEntry entry) => Send(WebhookEvents.EntryDeleted, writer => V1EntryWriter.Write(writer, entry));

    public void ValuesChanged(IReadOnlyList<FieldValueChange> changes)
    {
        // Others may have wanted the changes, and in most accounts nobody is subscribed to them.
        if (Subscriptions.All.Length == 0)
        {
            return;
        }

        foreach (var change in changes)
        {
            if (Wants(change.Field))
            {
                Tell(change);
            }
        }
    }

    /// <summary>Drops what waits and forgets what was delivered.</summary>
    public void AccountReplaced()
    {
        DropAll();
        Log.Clear();
    }

    /// <summary>
    /// Posts once and waits for the outcome. What a test delivery says is not documented; here it is the envelope with an empty body.
    /// </summary>
    public async Task<DeliveryAttempt> TestAsync(long? subscriptionId, Uri url, CancellationToken cancellationToken)
    {
        var delivery = new WebhookDelivery(subscriptionId, TestEvent, _simulation.Time.GetUtcNow(), Envelope(TestEvent, WriteNothing));
        Log.Add(delivery);
        var attempt = await _sender.PostAsync(url, delivery.Utf8Json, cancellationToken);
        delivery.Add(attempt);
        if (!attempt.IsAccepted)
        {
            delivery.End(DeliveryStatus.Failed);
        }

        return attempt;
    }

    /// <summary>Must be called when a subscription was changed or deleted: what waits for a disabled one is dropped.</summary>
    public void Review(long subscriptionId)
    {
        if (_queues.TryGetValue(subscriptionId, out var queue))
        {
            queue.Review();
        }

        if (Subscriptions.Find(subscriptionId) is null)
        {
            _queues.TryRemove(subscriptionId, out _);
        }
    }

    /// <summary>Ends at once; what is not delivered is dropped.</summary>
    public void Dispose()
    {
        DropAll();
        _sender.Dispose();
    }

    private void ResumeWhatIsDue()
    {
        foreach (var queue in _queues.Values)
        {
            queue.ResumeIfDue();
        }
    }

    private void DropAll()
    {
        foreach (var subscriptionId in _queues.Keys)
        {
            if (_queues.TryRemove(subscriptionId, out var queue))
            {
                queue.Dispose();
            }
        }
    }

    private void Tell(FieldValueChange change)
    {
        foreach (var happened in _valueEvents.Of(change))
        {
            Send(happened.Type, writer => V1ValueWriter.Write(writer, change, happened));
        }
    }

    private void Send(string type, Action<Utf8JsonWriter> writeBody)
    {
        byte[]? json = null;
        foreach (var subscription in Subscriptions.All)
        {
            if (subscription.Wants(type))
            {
                json ??= Envelope(type, writeBody);
                var delivery = new WebhookDelivery(subscription.Id, type, _simulation.Time.GetUtcNow(), json);
                Log.Add(delivery);
                QueueOf(subscription.Id).Add(delivery);
            }
        }
    }

    private DeliveryQueue QueueOf(long subscriptionId) => _queues.GetOrAdd(
        subscriptionId, id => new DeliveryQueue(id, Subscriptions, _sender, Log, _backoff, _simulation.Time));

    private byte[] Envelope(string type, Action<Utf8JsonWriter> writeBody)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WriteStartObject("body"u8);
            writeBody(writer);
            writer.WriteEndObject();
            writer.WriteNumber("sent_at"u8, _simulation.Time.GetUtcNow().ToUnixTimeSeconds());
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteNothing(Utf8JsonWriter writer)
    {
    }
}
