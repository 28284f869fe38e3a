using System.Collections.Concurrent;

namespace AffinityDurable.Simulator.Counting;

/// <summary>The last requests, without bodies, headers or keys. Off by default.</summary>
public sealed class RequestLog
{
    /// <summary>How many requests are kept.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentQueue<LoggedRequest> _requests = new();

    /// <summary>Whether requests are written down.</summary>
    public bool IsOn { get; set; }

    /// <summary>The requests kept, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> Requests => [.. _requests];

    public void Clear() => _requests.Clear();

    internal void Add(LoggedRequest request)
    {
        _requests.Enqueue(request);
        while (_requests.Count > Capacity)
        {
            _requests.TryDequeue(out _);
        }
    }
}

/// <summary>One request; status 0 is a connection that was cut, the user is null when no key was accepted.</summary>
public sealed record LoggedRequest(DateTimeOffset At, string Method, string Path, string Query, string Version, long? UserId, int Status);
