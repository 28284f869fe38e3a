using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

public abstract partial class TaskOrchestrationContext
{
    private const int DeepestWrapping = 10;

    // A context that wraps another may hand out the inner context's replay-safe factory as its own; look through it.
    private ILoggerFactory HostLoggerFactory()
    {
        ILoggerFactory factory = LoggerFactory;
        for (int depth = 0; factory is SilentOnReplayFactory wrapper; depth++)
        {
            if (depth == DeepestWrapping)
            {
                throw new InvalidOperationException(
                    $"{GetType()}.LoggerFactory leads back to itself: it must not return the same context's ReplaySafeLoggerFactory.");
            }

            factory = wrapper.Inner;
        }

        return factory;
    }

    private sealed class SilentOnReplay(TaskOrchestrationContext context, ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!context.IsReplaying)
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }

    private sealed class SilentOnReplayFactory(TaskOrchestrationContext context) : ILoggerFactory
    {
        internal ILoggerFactory Inner => context.LoggerFactory;

        public ILogger CreateLogger(string categoryName) =>
            new SilentOnReplay(context, context.HostLoggerFactory().CreateLogger(categoryName));

        public void AddProvider(ILoggerProvider provider) =>
            throw new NotSupportedException("A replay-safe logger factory takes no providers; add them to the host's.");

        public void Dispose()
        {
            // The factory belongs to the host.
        }
    }
}
