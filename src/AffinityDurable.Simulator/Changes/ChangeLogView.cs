namespace AffinityDurable.Simulator.Changes;

/// <summary>
/// Changes with the ids <see cref="First"/> to <see cref="Last"/>, in chunks. What it shows is never written again, so it is read without a
/// lock while the log goes on.
/// </summary>
internal readonly struct ChangeLogView
{
    private const int ChunkLength = 1024;

    private readonly LoggedChange[][] _chunks;

    /// <summary>How many chunks were given up before the first one here.</summary>
    private readonly long _droppedChunks;

    private ChangeLogView(LoggedChange[][] chunks, long droppedChunks, long first, long last)
    {
        _chunks = chunks;
        _droppedChunks = droppedChunks;
        First = first;
        Last = last;
    }

    public static ChangeLogView Empty => new([], 0, 1, 0);

    public long First { get; }

    /// <summary>One less than <see cref="First"/> when there is none.</summary>
    public long Last { get; }

    public ref readonly LoggedChange this[long id] =>
        ref _chunks[(int)(((id - 1) / ChunkLength) - _droppedChunks)][(id - 1) % ChunkLength];

    /// <summary>The part that is not before an instant.</summary>
    public ChangeLogView Since(DateTime earliest)
    {
        var (low, high) = (First, Last + 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = this[middle].At < earliest ? (middle + 1, high) : (low, middle);
        }

        return new(_chunks, _droppedChunks, low, Last);
    }

    /// <summary>These changes and further ones, without the oldest beyond the capacity. Only the newest view may be continued.</summary>
    public ChangeLogView With(ReadOnlySpan<LoggedChange> items, int capacity)
    {
        var (view, earliest) = (this, Last >= First ? this[Last].At : default);
        foreach (ref readonly var item in items)
        {
            view = view.WithRoomForOne(capacity);
            view._chunks[^1][(view.Last - 1) % ChunkLength] = item.NotBefore(earliest);
        }

        return view;
    }

    private ChangeLogView WithRoomForOne(int capacity)
    {
        var last = Last + 1;
        var first = Math.Max(First, last - capacity + 1);
        if (Last % ChunkLength != 0)
        {
            return new(_chunks, _droppedChunks, first, last);
        }

        var dropped = (first - 1) / ChunkLength;
        return new([.. _chunks.AsSpan((int)(dropped - _droppedChunks)), new LoggedChange[ChunkLength]], dropped, first, last);
    }
}
