namespace AffinityDurable.Cli.Output;

/// <summary>Chooses how progress is shown.</summary>
internal static class RunProgress
{
    public static Task<T> ShowAsync<T>(Terminal terminal, TimeProvider clock, Func<IRunProgress, Task<T>> follow) => terminal.IsLive
        ? LiveProgress.ShowAsync(terminal, clock, follow)
        : follow(new PlainProgress(terminal, clock));
}
