using System.Threading.Channels;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>Jumps a fake clock to the next due timer each time the host runs out of work.</summary>
internal sealed class ClockJumper : IAsyncDisposable
{
    private readonly Channel<bool> idle = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly WorkInFlight work;
    private readonly ClockJump jump;
    private readonly Func<DateTimeOffset?> next;
    private readonly Action fireDue;
    private readonly Task loop;

    public ClockJumper(WorkInFlight work, ClockJump jump, Func<DateTimeOffset?> next, Action fireDue)
    {
        this.work = work;
        this.jump = jump;
        this.next = next;
        this.fireDue = fireDue;
        work.OnIdle = Signal;
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Looks for the next timer when nothing is under way.</summary>
    public void Signal() => idle.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        work.OnIdle = null;
        idle.Writer.TryComplete();
        await loop.ConfigureAwait(false);
    }

    private async Task LoopAsync()
    {
        await foreach (var _ in idle.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            work.IfIdle(() =>
            {
                if (next() is { } due)
                {
                    jump.JumpTo(due);
                    fireDue();
                }
            });
        }
    }
}
