using AffinityDurable.Functions.Orchestrations;
using Spectre.Console;

namespace AffinityDurable.Cli.Output;

/// <summary>Progress on a terminal: a bar for every phase, the last one with the countdown of a wait.</summary>
internal sealed class LiveProgress(ProgressContext context, TimeProvider clock) : IRunProgress
{
    private ProgressTask? bar;
    private string? phase;

    public static Task<T> ShowAsync<T>(Terminal terminal, TimeProvider clock, Func<IRunProgress, Task<T>> follow) =>
        terminal.Error.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var progress = new LiveProgress(context, clock);
                var followed = await follow(progress);
                progress.Finish();
                return followed;
            });

    public void Show(RunStatus status)
    {
        if (status.Phase != phase)
        {
            Finish();
            phase = status.Phase;
            bar = context.AddTask(Markup.Escape(phase));
            bar.IsIndeterminate = true;
        }

        bar!.Description = Markup.Escape(StatusText.Of(status, clock.GetUtcNow()));
        if (status is { Phase: RunPhase.Applying, PlannedEntries: > 0 })
        {
            bar.IsIndeterminate = false;
            bar.MaxValue = status.PlannedEntries;
            bar.Value = status.SettledEntries;
        }
    }

    private void Finish()
    {
        if (bar is not null)
        {
            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
            bar.StopTask();
        }
    }
}
