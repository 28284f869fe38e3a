using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.History;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Triggers.Queues;

/// <summary>All queue functions of the app, and the folders that feed them.</summary>
internal sealed partial class QueueTriggers : IDisposable
{
    private readonly DurableEngine engine;
    private readonly TimeProvider clock;
    private readonly DueTimes due;
    private readonly CancellationTokenSource cancelled = new();
    private readonly Dictionary<string, QueueFunction> functions = new(StringComparer.Ordinal);
    private readonly List<FolderWatch> watches;
    private readonly ILogger logger;

    public QueueTriggers(FunctionCatalog catalog, DurableEngine engine, LocalHostOptions options, IConfiguration? configuration, ILoggerFactory loggers)
    {
        this.engine = engine;
        clock = options.TimeProvider;
        due = new DueTimes(clock);
        logger = loggers.CreateLogger<QueueTriggers>();
        foreach (var method in catalog.OfKind(FunctionKind.Queue))
        {
            if (QueueOf(method, configuration) is { } queue)
            {
                functions.TryAdd(queue, new QueueFunction(catalog, method, queue, engine, due, clock, loggers.CreateLogger<QueueFunction>(), cancelled.Token));
            }
        }

        watches = [.. options.WatchedFolders.Select(folder => new FolderWatch(folder, options.FileRest, engine, clock, Post, loggers.CreateLogger<FolderWatch>()))];
    }

    /// <summary>When the next message is tried again.</summary>
    public DateTimeOffset? Next => due.Next;

    public void FireDue() => due.FireDue();

    public async Task StartAsync()
    {
        foreach (var function in functions.Values)
        {
            function.Start();
        }

        foreach (var watch in watches)
        {
            if (!functions.ContainsKey(watch.Queue))
            {
                LogNobody(watch.Queue, watch.Folder);
            }

            await watch.StartAsync().ConfigureAwait(false);
        }
    }

    public async Task EnqueueAsync(string queue, string body)
    {
        var write = new EnqueueWrite(queue, body, clock.GetUtcNow());
        await engine.WriteAsync(write).ConfigureAwait(false);
        Post(queue, write.Message);
    }

    /// <summary>Takes nothing new, waits for what runs, and after <paramref name="grace"/> cancels it.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await Task.WhenAll(watches.Select(watch => watch.StopAsync())).ConfigureAwait(false);
        due.Dispose();
        var running = Task.WhenAll(functions.Values.Select(function => function.StopAsync()));
        if (await Task.WhenAny(running, Task.Delay(grace)).ConfigureAwait(false) != running)
        {
            await cancelled.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(5))).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        due.Dispose();
        cancelled.Dispose();
        watches.ForEach(watch => watch.Dispose());
    }

    private void Post(string queue, QueueMessage message)
    {
        if (functions.TryGetValue(queue, out var function))
        {
            function.Post(message);
        }
    }

    /// <summary>A queue without a name cannot get a message here: its function only waits.</summary>
    private string? QueueOf(FunctionMethod method, IConfiguration? configuration)
    {
        try
        {
            return Setting.Resolve(((QueueTriggerAttribute)method.Trigger.Attribute).QueueName, configuration);
        }
        catch (FormatException missing)
        {
            LogUnnamed(method.Name, missing.Message);
            return null;
        }
    }

    [LoggerMessage(501, LogLevel.Debug, "Queue function {Function} gets no messages: {Reason}")]
    private partial void LogUnnamed(string function, string reason);

    [LoggerMessage(502, LogLevel.Warning, "No function takes messages of queue {Queue}, which {Folder} feeds.")]
    private partial void LogNobody(string queue, string folder);
}
