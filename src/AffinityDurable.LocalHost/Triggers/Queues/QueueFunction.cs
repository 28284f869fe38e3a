using System.Threading.Channels;
using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.History;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Triggers.Queues;

/// <summary>One queue function: takes messages, sixteen at once at most, each until it succeeds or has failed five times.</summary>
internal sealed partial class QueueFunction(
    FunctionCatalog catalog,
    FunctionMethod function,
    string queue,
    DurableEngine engine,
    DueTimes due,
    TimeProvider clock,
    ILogger<QueueFunction> logger,
    CancellationToken cancelled)
{
    private const int MostAttempts = 5;
    private const int MostAtOnce = 16;

    private readonly Channel<QueueMessage> waiting = Channel.CreateUnbounded<QueueMessage>();
    private Task[] lanes = [];
    private volatile bool isStopping;

    public void Start()
    {
        foreach (var message in engine.Reader.ReadQueue(queue))
        {
            Post(message);
        }

        lanes = [.. Enumerable.Range(0, MostAtOnce).Select(_ => Task.Run(LaneAsync))];
    }

    public void Post(QueueMessage message)
    {
        // Counted before it is visible: a fake clock must not jump in between.
        engine.Work.Begin();
        if (!waiting.Writer.TryWrite(message))
        {
            engine.Work.End();
        }
    }

    /// <summary>Completes when no message is being dealt with any more. What waits comes again at the next start.</summary>
    public Task StopAsync()
    {
        isStopping = true;
        waiting.Writer.TryComplete();
        return Task.WhenAll(lanes);
    }

    private async Task LaneAsync()
    {
        await foreach (var message in waiting.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                await (isStopping ? Task.CompletedTask : HandleAsync(message)).ConfigureAwait(false);
            }
            catch (StoreFailedException)
            {
                // The writer has reported it and the host stops.
            }
            finally
            {
                engine.Work.End();
            }
        }
    }

    private async Task HandleAsync(QueueMessage message)
    {
        if (message.Attempts >= MostAttempts)
        {
            await PoisonAsync(message).ConfigureAwait(false);
            return;
        }

        var attempt = message with { Attempts = message.Attempts + 1 };
        await engine.WriteAsync(new QueueAttemptWrite(attempt)).ConfigureAwait(false);
        if (await TryInvokeAsync(attempt).ConfigureAwait(false))
        {
            await engine.WriteAsync(new DequeueWrite(attempt)).ConfigureAwait(false);
        }
        else if (attempt.Attempts >= MostAttempts)
        {
            await PoisonAsync(attempt).ConfigureAwait(false);
        }
        else if (!isStopping)
        {
            due.Add(clock.GetUtcNow() + TimeSpan.FromSeconds(1 << message.Attempts), () => Post(attempt), isStale: static () => false);
        }
    }

    private async Task<bool> TryInvokeAsync(QueueMessage message)
    {
        try
        {
            await catalog.InvokeAsync(function, message, cancelled).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            LogFailed(exception, function.Name, message.Row, message.Attempts);
            return false;
        }
    }

    private async Task PoisonAsync(QueueMessage message)
    {
        var poison = $"{queue}-poison";
        await engine.WriteAsync(new QueuePoisonWrite(message, poison)).ConfigureAwait(false);
        LogPoison(function.Name, message.Row, message.Attempts, poison);
    }

    [LoggerMessage(503, LogLevel.Warning, "Queue function {Function} failed at message {Message}, attempt {Attempt}.")]
    private partial void LogFailed(Exception exception, string function, long message, int attempt);

    [LoggerMessage(504, LogLevel.Error, "Queue function {Function} failed at message {Message} {Attempts} times; it is in {Poison} now and is not tried again.")]
    private partial void LogPoison(string function, long message, int attempts, string poison);
}
