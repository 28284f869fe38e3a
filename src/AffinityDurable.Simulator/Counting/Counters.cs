using System.Collections.Concurrent;
namespace AffinityDurable.Simulator.Counting;

/// <summary>Counts requests by endpoint template and status, and what was committed.</summary>
public sealed class Counters
{
    /// <summary>The endpoint of requests that have none.</summary>
    internal const string UnmatchedName = "unmatched";

    private readonly ConcurrentDictionary<string, EndpointTraffic> _traffic = new(StringComparer.Ordinal);
    private readonly Simulation _simulation;
    private long _acceptedPatches;
    private long _storedUpdates;

    internal Counters(Simulation simulation)
    {
        _simulation = simulation;
        Unmatched = Endpoint(UnmatchedName);
    }

    /// <summary>All requests but those of the control API.</summary>
    public long Total => _traffic.Values.Sum(traffic => traffic.Calls(null));

    /// <summary>PATCH requests received, whatever was answered.</summary>
    public long PatchCalls => _traffic.Values
        .Where(traffic => traffic.Endpoint.StartsWith("PATCH ", StringComparison.Ordinal)).Sum(traffic => traffic.Calls(null));

    /// <summary>PATCHes committed, whatever became of their answers.</summary>
    public long AcceptedPatches => Interlocked.Read(ref _acceptedPatches);

    /// <summary>Field updates committed by PATCH and POST.</summary>
    public long StoredUpdates => Interlocked.Read(ref _storedUpdates);

    internal EndpointTraffic Unmatched { get; }

    /// <summary>
    /// Calls of an endpoint such as <c>PATCH /v2/lists/{listId}/list-entries/{listEntryId}/fields</c>, of one status or of all.
    /// </summary>
    public long Calls(string endpoint, int? status = null) => _traffic.GetValueOrDefault(endpoint)?.Calls(status) ?? 0;

    /// <summary>Calls answered with a status, over all endpoints.</summary>
    public long Answered(int status) => _traffic.Values.Sum(traffic => traffic.Calls(status));

    /// <summary>PATCHes of an entry that were committed.</summary>
    public int PatchesOf(long listEntryId) => _simulation.Tenant.FindEntry(listEntryId)?.AcceptedPatches ?? 0;

    /// <summary>All counts above zero.</summary>
    public IReadOnlyList<EndpointCount> Snapshot() =>
        [.. _traffic.Values.OrderBy(traffic => traffic.Endpoint, StringComparer.Ordinal).SelectMany(traffic => traffic.Counts())];

    /// <summary>
    /// Sets everything to zero, the counts of entries, companies and persons included. The log of field value changes stays.
    /// </summary>
    public void Reset()
    {
        foreach (var traffic in _traffic.Values)
        {
            traffic.Reset();
        }

        Interlocked.Exchange(ref _acceptedPatches, 0);
        Interlocked.Exchange(ref _storedUpdates, 0);
        foreach (var entry in _simulation.Tenant.AllEntries())
        {
            entry.ResetAcceptedPatches();
        }

        foreach (var entity in _simulation.Tenant.AllEntities())
        {
            entity.ResetAcceptedPatches();
        }
    }

    internal EndpointTraffic Endpoint(string endpoint, bool sparesMonth = false) =>
        _traffic.GetOrAdd(endpoint, name => new EndpointTraffic(name) { SparesMonth = sparesMonth });

    /// <summary>The names of all endpoints.</summary>
    internal IEnumerable<string> Endpoints => _traffic.Keys.Order(StringComparer.Ordinal);

    internal bool Knows(string endpoint) => _traffic.ContainsKey(endpoint);

    internal void CountStored(int updates) => Interlocked.Add(ref _storedUpdates, updates);

    internal void CountAcceptedPatch() => Interlocked.Increment(ref _acceptedPatches);
}
