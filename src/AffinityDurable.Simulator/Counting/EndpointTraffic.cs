namespace AffinityDurable.Simulator.Counting;

/// <summary>Counts the answers of one endpoint by status; status 0 is a connection that was cut.</summary>
internal sealed class EndpointTraffic(string endpoint)
{
    private readonly long[] _byStatus = new long[600];

    public string Endpoint { get; } = endpoint;

    /// <summary>True for the two endpoints that cost nothing of the month.</summary>
    public bool SparesMonth { get; init; }

    public void Count(int status) => Interlocked.Increment(ref _byStatus[status is > 0 and < 600 ? status : 0]);

    public long Calls(int? status) => status is { } one ? Volatile.Read(ref _byStatus[one]) : _byStatus.Sum();

    public IEnumerable<EndpointCount> Counts() => Enumerable.Range(0, _byStatus.Length)
        .Select(status => new EndpointCount(Endpoint, status, Volatile.Read(ref _byStatus[status])))
        .Where(count => count.Calls > 0);

    public void Reset() => Array.Clear(_byStatus);
}

/// <summary>How often an endpoint gave a status; 0 stands for a connection that was cut.</summary>
public readonly record struct EndpointCount(string Endpoint, int Status, long Calls);
