using System.Text.Json;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Applying;

/// <summary>
/// Appends to the segment of one attempt and flushes in groups. A line that a kill takes with it costs a read at the next attempt,
/// never a second write.
/// </summary>
internal sealed class JournalWriter(IArtefactAppender segment, TimeProvider clock) : IAsyncDisposable
{
    private const int GroupSize = 16;
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(250);

    private readonly MemoryStream group = new();
    private int lines;
    private long lastFlush = clock.GetTimestamp();

    /// <summary>Opens the segment of a new attempt: from now on a kill is noticed.</summary>
    public static async Task<JournalWriter> OpenAsync(
        IRunStore store,
        string runId,
        int batch,
        int attempt,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        new(await store.AppendAsync(runId, Artefacts.JournalSegment(batch, attempt), cancellationToken), clock);

    public async ValueTask AddAsync(JournalLine line, CancellationToken cancellationToken)
    {
        JsonSerializer.Serialize(group, line.IsSettling ? line with { At = clock.GetUtcNow() } : line, RunJson.Options);
        group.WriteByte((byte)'\n');
        if (++lines >= GroupSize || clock.GetElapsedTime(lastFlush) >= GroupTime)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Says that the attempt ended in order.</summary>
    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        await AddAsync(new JournalLine { Kind = JournalKind.Closed }, cancellationToken);
        await FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await FlushAsync(CancellationToken.None);
        await segment.DisposeAsync();
    }

    /// <summary>Makes sure of what was added so far.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (lines > 0)
        {
            await segment.AppendAsync(group.GetBuffer().AsMemory(0, (int)group.Length), cancellationToken);
            group.SetLength(0);
            lines = 0;
        }

        lastFlush = clock.GetTimestamp();
    }
}
