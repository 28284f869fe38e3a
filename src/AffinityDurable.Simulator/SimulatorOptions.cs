using System.Net;
using AffinityDurable.Simulator.Faults;

namespace AffinityDurable.Simulator;

/// <summary>How a simulated Affinity is started. Limits, faults and behavior stay adjustable on the running server.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on. The control API answers loopback callers only, whatever is set here.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The clock behind windows, months, latency and log times; the server can move it forward.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Requests a user may make in one window. Affinity's documented value is 900.</summary>
    public int CallsPerMinute { get; init; } = 900;

    /// <summary>The length of the "minute" window.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests the account may make in a calendar month (UTC); null is unlimited, and the <c>-org</c> headers are absent.</summary>
    public long? CallsPerMonth { get; init; }

    /// <summary>Requests of the account in progress at a time; null is unlimited.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Whether a 429 carries <c>Retry-After</c>; Affinity documents none.</summary>
    public bool SendsRetryAfter { get; init; }

    /// <summary>Whether the log of requests is kept from the start.</summary>
    public bool LogsRequests { get; init; }

    /// <summary>
    /// How many changes of field values are kept, the newest ones; 0 keeps none. A change takes 64 bytes beside the value it shows.
    /// </summary>
    public int ChangeLogCapacity { get; init; } = 1_000_000;

    /// <summary>What goes wrong from the start.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>
    /// Whether the account as it is at the start is kept for a reset: as a packed copy, made while the server starts. Without it a server
    /// cannot be reset.
    /// </summary>
    public bool KeepsStart { get; init; }

    /// <summary>How long a webhook may take to answer a delivery. Affinity publishes no number.</summary>
    public TimeSpan WebhookTimeout { get; init => field = AboveZero(value, nameof(WebhookTimeout)); } = TimeSpan.FromSeconds(10);

    /// <summary>The wait after the first failed attempt of a delivery; each further one is twice as long, up to ten hours in all.</summary>
    public TimeSpan WebhookFirstRetry { get; init => field = AboveZero(value, nameof(WebhookFirstRetry)); } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The key that deliveries are signed with, or null for no signature. The header <c>X-Simulated-Signature</c> with the HMAC-SHA256 of
    /// the body is the simulator's own: Affinity documents none.
    /// </summary>
    public string? WebhookSignatureKey { get; init; }

    /// <summary>Whether deliveries may go to other machines. Otherwise a webhook must be at localhost or a loopback address.</summary>
    public bool WebhooksLeaveThisMachine { get; init; }

    /// <summary>The open points of the API.</summary>
    public SimulatedBehavior Behavior { get; init; } = new();

    private static TimeSpan AboveZero(TimeSpan value, string name) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be above zero.");
}
