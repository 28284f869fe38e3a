using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Cli.Output;

/// <summary>Progress without a terminal: a line for every new phase and every wait, and one every few seconds.</summary>
internal sealed class PlainProgress(Terminal terminal, TimeProvider clock) : IRunProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private string? phase;
    private bool waits;
    private DateTimeOffset shownAt;

    public void Show(RunStatus status)
    {
        var now = clock.GetUtcNow();
        var changed = status.Phase != phase || waits != status.WaitUntil is not null;
        if (!changed && now - shownAt < Interval)
        {
            return;
        }

        (phase, waits, shownAt) = (status.Phase, status.WaitUntil is not null, now);
        terminal.ErrorLine(StatusText.Of(status, now));
    }
}
