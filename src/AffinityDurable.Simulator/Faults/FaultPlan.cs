using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Faults;

/// <summary>What goes wrong. Faults are asked in the order they were added; the first that matches hits.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private volatile Armed[] _armed = [];

    /// <summary>Every PATCH and POST answers 500 and changes nothing.</summary>
    public bool WritesBroken { get; set; }

    /// <summary>Time added to every request.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Faults that still have hits left.</summary>
    public IReadOnlyList<Fault> Pending => [.. _armed.Select(armed => armed.Remaining)];

    /// <exception cref="ArgumentException">The status is no error, or a count makes no sense.</exception>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Status is < 400 or > 599 || fault.Skip < 0 || fault.Times < 1 || fault.Delay < TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"A fault needs a status of 400 to 599, times above 0, skip and delay not below 0; it was {fault}.", nameof(fault));
        }

        lock (_gate)
        {
            _armed = [.. _armed, new Armed(fault)];
        }
    }

    /// <summary>Fails the next matching requests with a status.</summary>
    public void FailNext(int times, int status, string? method = null, string? pathContains = null) =>
        Add(new Fault { Times = times, Status = status, Method = method, PathContains = pathContains });

    /// <summary>Cuts the connection of the next matching requests, before or after they were carried out.</summary>
    public void CutNext(int times, bool afterCommit, string? method = null, string? pathContains = null) =>
        Add(new Fault { Times = times, CutsConnection = true, AfterCommit = afterCommit, Method = method, PathContains = pathContains });

    /// <summary>Ends all faults, broken writes and latency.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _armed = [];
            WritesBroken = false;
            Latency = TimeSpan.Zero;
        }
    }

    /// <summary>Takes the fault that hits this request, if any, and counts it down.</summary>
    internal Fault? Take(HttpRequest request)
    {
        if (_armed.Length == 0)
        {
            return null;
        }

        lock (_gate)
        {
            var hit = Array.Find(_armed, armed => armed.Matches(request) && armed.Hits());
            _armed = [.. _armed.Where(armed => !armed.IsSpent)];
            return hit?.Fault;
        }
    }

    private sealed class Armed(Fault fault)
    {
        private int _skip = fault.Skip;
        private int? _left = fault.Times;

        public Fault Fault { get; } = fault;

        public bool IsSpent => _left <= 0;

        public Fault Remaining => Fault with { Skip = _skip, Times = _left };

        public bool Matches(HttpRequest request) =>
            (Fault.Method is null || HttpMethods.Equals(Fault.Method, request.Method))
            && (Fault.PathContains is null || (request.Path.Value ?? "").Contains(Fault.PathContains, StringComparison.Ordinal));

        public bool Hits()
        {
            if (_skip > 0)
            {
                _skip--;
                return false;
            }

            _left--;
            return true;
        }
    }
}
