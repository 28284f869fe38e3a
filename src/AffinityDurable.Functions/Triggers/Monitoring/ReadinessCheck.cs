using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers.Monitoring;

/// <summary>Looks at one thing that runs depend on, with a time-out. What was found counts for a while: however often somebody asks, it is not asked more often.</summary>
public sealed partial class ReadinessCheck
{
    /// <summary>Longer than any sound answer takes, and short of what probes of platforms wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Func<CancellationToken, Task> look;
    private readonly TimeSpan goodFor;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private Task<CheckResult>? latest;
    private DateTimeOffset askedAt;

    /// <param name="name">What it looks at, in one word.</param>
    /// <param name="goodFor">How long a result counts.</param>
    /// <param name="look">Looks; any exception means that it is not ready.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Hears of failures.</param>
    public ReadinessCheck(string name, TimeSpan goodFor, Func<CancellationToken, Task> look, TimeProvider clock, ILogger<ReadinessCheck> logger) =>
        (Name, this.goodFor, this.look, this.clock, this.logger) = (name, goodFor, look, clock, logger);

    /// <summary>What it looks at, in one word.</summary>
    public string Name { get; }

    /// <summary>The latest result; those who ask at the same time share one look.</summary>
    public Task<CheckResult> AskAsync()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (latest is null || (latest.IsCompleted && now - askedAt >= goodFor))
            {
                (latest, askedAt) = (LookAsync(), now);
            }

            return latest;
        }
    }

    private async Task<CheckResult> LookAsync()
    {
        var started = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(Patience, clock);
        string? code = null;
        var isReady = true;
        try
        {
            // Not on the caller's thread: a file system that hangs would keep it.
            await Task.Run(() => look(limit.Token), CancellationToken.None).WaitAsync(Patience, clock);
        }
        catch (Exception failure)
        {
            (isReady, code) = (false, CodeOf(failure));
            LogNotReady(logger, Name, code ?? failure.GetType().Name);
        }

        return new CheckResult(Name, isReady ? HealthWords.Ready : HealthWords.NotReady, (long)clock.GetElapsedTime(started).TotalMilliseconds, askedAt) { Code = code };
    }

    private static string? CodeOf(Exception failure) => failure switch
    {
        ProblemException problem => problem.Problems[0].Code,
        AffinityException affinity => AffinityErrors.Of(affinity.Fault.Kind).Id,
        _ => null,
    };

    [LoggerMessage(1083, LogLevel.Warning, "{Check} is not ready: {Failure}")]
    private static partial void LogNotReady(ILogger logger, string check, string failure);
}

/// <summary>What a check found.</summary>
/// <param name="Name">What it looked at.</param>
/// <param name="Status"><c>ready</c> or <c>notReady</c>.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="At">When it was looked at.</param>
public sealed record CheckResult(string Name, string Status, long Milliseconds, DateTimeOffset At)
{
    /// <summary>The error code, where there is one.</summary>
    public string? Code { get; init; }
}
