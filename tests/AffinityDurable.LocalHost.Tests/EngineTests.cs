using System.Collections.Concurrent;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.History;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AffinityDurable.LocalHost.Tests;

public sealed class EngineTests
{
    [Fact]
    public void A_completion_delivered_twice_is_applied_once()
    {
        var execution = Execution(async context => await context.CallActivityAsync<int>("A") + await context.CallActivityAsync<int>("B"));
        new Turn(execution, TestHost.Start, [InboxMessage.Wake]).Run();

        var completion = new HistoryEvent(HistoryEventKind.TaskCompleted, TestHost.Start) { TaskId = 0, Payload = "20" };
        var stale = new HistoryEvent(HistoryEventKind.TaskCompleted, TestHost.Start) { TaskId = 1, Payload = "7" };
        var result = new Turn(execution, TestHost.Start, [new(completion, 0, Row: 5), new(completion, 0, Row: 6), new(stale, Execution: 9)]).Run();

        Assert.Single(result.Lines, line => line.Kind == HistoryEventKind.TaskCompleted);
        Assert.Equal([5L, 6L], result.ConsumedRows);
        Assert.Equal(OrchestrationRuntimeStatus.Running, result.Status);
        Assert.DoesNotContain(new Turn(execution, TestHost.Start, [new(completion, 0)]).Run().Lines, line => line.Kind == HistoryEventKind.TaskCompleted);
    }

    [Fact]
    public void A_suspension_survives_continue_as_new()
    {
        var execution = Execution(async context =>
        {
            await context.WaitForExternalEvent<string>("Item");
            context.ContinueAsNew();
            return null;
        });
        var item = new HistoryEvent(HistoryEventKind.EventRaised, TestHost.Start) { Name = "Item" };
        var result = new Turn(execution, TestHost.Start, [new(item), new(new(HistoryEventKind.Suspended, TestHost.Start)), new(item)]).Run();

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, result.Status);
        Assert.Equal(
            [HistoryEventKind.ContinuedAsNew, HistoryEventKind.EventRaised, HistoryEventKind.Suspended],
            result.FirstLinesOfNextExecution().Select(line => line.Kind));
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_allowed()
    {
        var gauge = new Gauge();
        await using var host = await TestHost.StartAsync(
            configure: options =>
            {
                options.MaxConcurrentActivities = 3;
                options.Assemblies.Add(new AssemblyOf(typeof(Gauged)));
            },
            register: services => services.AddSingleton(gauge));
        await host.RunAsync("UseGauge");
        Assert.Equal(3, gauge.Most);
    }

    [Fact]
    public async Task Each_invocation_has_a_scope_of_its_own()
    {
        var scopes = new ConcurrentBag<Scoped>();
        await using var host = await TestHost.StartAsync(
            configure: options => options.Assemblies.Add(new AssemblyOf(typeof(UsesScope))),
            register: services => services.AddSingleton(scopes).AddScoped<Scoped>());
        await host.RunAsync("UseScopes");
        Assert.Equal(2, scopes.Distinct().Count());
        Assert.All(scopes, scope => Assert.True(scope.IsDisposed));
    }

    [Fact]
    public async Task Inputs_and_outputs_are_not_logged_at_information_or_above()
    {
        var log = new RecordingLog();
        await using (var host = await TestHost.StartAsync(register: services => services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Information))))
        {
            await host.RunAsync(nameof(Failures.CatchActivity));
            await host.RunAsync(nameof(Failures.LetActivityFail));
            await host.RunAsync(nameof(Basics.Chain), 17_389);
        }

        Assert.Contains(log.Lines, line => line.Contains("Activity Throw of instance", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("ended: Completed", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line =>
            line.Contains("boom", StringComparison.Ordinal) || line.Contains("inner", StringComparison.Ordinal) || line.Contains("17389", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replay_safe_logger_writes_each_line_once()
    {
        var log = new RecordingLog();
        await using var host = await TestHost.StartAsync(
            replay: true,
            configure: options => options.Assemblies.Add(new AssemblyOf(typeof(Logs))),
            register: services => services.AddLogging(logging => logging.AddProvider(log)));
        await host.RunAsync("LogSteps");
        Assert.Equal(["step 0", "step 1", "step 2"], log.Lines.Where(line => line.StartsWith("step", StringComparison.Ordinal)));
    }

    private static OrchestrationExecution Execution(OrchestratorBody body)
    {
        var record = new InstanceRecord
        {
            Key = 1,
            Id = "i",
            Name = "Test",
            Execution = 0,
            Version = "",
            Status = OrchestrationRuntimeStatus.Pending,
            CreatedAt = TestHost.Start,
            UpdatedAt = TestHost.Start,
        };
        var execution = new OrchestrationExecution(
            record, body, JsonDataConverter.Default, NullLoggerFactory.Instance, sawForeignThread: false, () => Assert.Fail("another thread"));
        execution.Replay([new(HistoryEventKind.ExecutionStarted, TestHost.Start)]);
        return execution;
    }
}

internal sealed class Gauge
{
    private int now;
    private int most;

    public int Most => most;

    public async Task UseAsync()
    {
        var running = Interlocked.Increment(ref now);
        InterlockedMax(running);

        // The first ones wait for company, so that the limit is reached.
        await WaitTests.UntilAsync(() => Task.FromResult(most >= 3));
        await Task.Yield();
        Interlocked.Decrement(ref now);
    }

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = most) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}

internal sealed class Gauged(Gauge gauge)
{
    [Function("Measure")]
    public async Task<int> Measure([ActivityTrigger] int number)
    {
        await gauge.UseAsync();
        return number;
    }

    [Function("UseGauge")]
    public static Task UseGauge([OrchestrationTrigger] TaskOrchestrationContext context) =>
        Task.WhenAll(Enumerable.Range(0, 40).Select(i => context.CallActivityAsync<int>("Measure", i)));
}

internal sealed class Scoped : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

internal sealed class UsesScope(Scoped scoped, ConcurrentBag<Scoped> seen)
{
    [Function("SeeScope")]
    public int SeeScope([ActivityTrigger] int number, FunctionContext context)
    {
        Assert.Same(scoped, context.InstanceServices.GetRequiredService<Scoped>());
        seen.Add(scoped);
        return number;
    }

    [Function("UseScopes")]
    public static async Task UseScopes([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<int>("SeeScope", 1);
        await context.CallActivityAsync<int>("SeeScope", 2);
    }
}

internal static class Logs
{
    [Function("LogSteps")]
    public static async Task LogSteps([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var logger = context.CreateReplaySafeLogger("steps");
        for (var i = 0; i < 3; i++)
        {
            logger.LogInformation("step {Step}", i);
            await context.CallActivityAsync<int>(nameof(Basics.Double), i);
        }
    }
}

internal sealed class RecordingLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}
