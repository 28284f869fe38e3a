namespace AffinityDurable.Functions.Orchestrations;

/// <summary>How long to wait while Affinity gives no usable answer: 10 s, doubling, six times without progress in between.</summary>
internal sealed class Outages(int sinceProgress = 0)
{
    private const int Most = 6;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Outages in a row.</summary>
    public int SinceProgress { get; private set; } = sinceProgress;

    public void Note(int progress)
    {
        if (progress > 0)
        {
            SinceProgress = 0;
        }
    }

    /// <summary>When to try again; null when there were too many in a row.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) =>
        SinceProgress >= Most ? null : now + (First * (1 << SinceProgress++));
}
