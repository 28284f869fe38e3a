using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.AzureSurface.Tests;

public sealed class ReplaySafeLoggerTests : IDisposable
{
    private readonly RecordingLoggers _loggers = new();

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public void Replay_says_nothing()
    {
        ScriptedContext context = new() { Loggers = _ => _loggers };
        ILogger logger = context.CreateReplaySafeLogger("Sync");

        context.Replaying = true;
        logger.LogInformation("planned");
        context.Replaying = false;
        logger.LogInformation("applied");

        Assert.Equal(["Sync: applied"], _loggers.Lines);
    }

    [Fact]
    public void Category_is_the_name_or_the_type()
    {
        ScriptedContext context = new() { Loggers = _ => _loggers };
        Type type = typeof(ReplaySafeLoggerTests);

        context.CreateReplaySafeLogger("Sync").LogInformation("a");
        context.CreateReplaySafeLogger(type).LogInformation("b");
        context.CreateReplaySafeLogger<ReplaySafeLoggerTests>().LogInformation("c");
        context.ReplaySafeLoggerFactory.CreateLogger("Made").LogInformation("d");

        Assert.Equal(["Sync: a", $"{type.FullName}: b", $"{type.FullName}: c", "Made: d"], _loggers.Lines);
    }

    [Fact]
    public void Replaying_does_not_change_which_levels_are_enabled()
    {
        ScriptedContext context = new() { Loggers = _ => _loggers, Replaying = true };

        Assert.True(context.CreateReplaySafeLogger("Sync").IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void Context_that_wraps_another_logs_once_and_by_its_own_replay()
    {
        ScriptedContext inner = new() { Loggers = _ => _loggers, Replaying = true };
        ScriptedContext outer = new() { Loggers = _ => inner.ReplaySafeLoggerFactory };

        outer.CreateReplaySafeLogger("Sync").LogInformation("applied");

        Assert.Equal(["Sync: applied"], _loggers.Lines);
    }

    [Fact]
    public void Context_that_is_its_own_logger_factory_is_an_error()
    {
        ScriptedContext context = new() { Loggers = self => self.ReplaySafeLoggerFactory };

        Assert.Throws<InvalidOperationException>(() => context.CreateReplaySafeLogger("Sync"));
    }

    [Fact]
    public void Providers_belong_to_the_host()
    {
        ScriptedContext context = new() { Loggers = _ => _loggers };

        Assert.Throws<NotSupportedException>(() => context.ReplaySafeLoggerFactory.AddProvider(null!));
        context.ReplaySafeLoggerFactory.Dispose();
        Assert.False(_loggers.IsDisposed);
    }

    private sealed class RecordingLoggers : ILoggerFactory
    {
        public List<string> Lines { get; } = [];

        public bool IsDisposed { get; private set; }

        public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, Lines);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;

        private sealed class Recorder(string category, List<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Add($"{category}: {formatter(state, exception)}");
        }
    }
}
