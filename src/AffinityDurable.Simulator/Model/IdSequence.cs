namespace AffinityDurable.Simulator.Model;

/// <summary>Hands out ascending ids and stays above every id that was given by hand.</summary>
internal sealed class IdSequence(long first)
{
    private readonly Lock _gate = new();
    private long _next = first;

    public long Take(long? wanted = null)
    {
        lock (_gate)
        {
            var id = wanted ?? _next;
            _next = Math.Max(_next, id + 1);
            return id;
        }
    }
}
