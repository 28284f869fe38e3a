using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask;
using Moq;

namespace AffinityDurable.Functions.Tests.Orchestrators;

/// <summary>A context whose activities and sub-orchestrations answer what a test says. What is not said is not called.</summary>
internal sealed class MockedOrchestration
{
    public const string RunId = "portfolio@20260303T0200Z";
    public static readonly DateTime Start = new(2026, 3, 3, 2, 0, 0, DateTimeKind.Utc);

    private readonly Mock<TaskOrchestrationContext> mock = new(MockBehavior.Strict);
    private readonly List<string> calls = [];
    private readonly Dictionary<string, TaskCompletionSource> events = new(StringComparer.Ordinal);
    private DateTime now = Start;

    public MockedOrchestration(object? input)
    {
        mock.SetupGet(context => context.InstanceId).Returns(RunId);
        mock.SetupGet(context => context.Parent).Returns((ParentOrchestrationInstance?)null);
        mock.SetupGet(context => context.CurrentUtcDateTime).Returns(() => now);
        mock.Setup(context => context.SetCustomStatus(It.IsAny<object>())).Callback((object? status) => Statuses.Add(status));
        mock.Setup(context => context.CreateTimer(It.IsAny<DateTime>(), It.IsAny<CancellationToken>())).Returns((DateTime at, CancellationToken _) => SleepAsync(at));
        mock.Setup(context => context.SendEvent(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object>()))
            .Callback((string to, string name, object _) => calls.Add($"event {name} to {to}"));
        mock.Setup(context => context.ContinueAsNew(It.IsAny<object>(), true)).Callback((object? next, bool _) => Next = next);
        Event<CancelEvent>();
        Event<ApprovalEvent>();
        Input = input;
    }

    public TaskOrchestrationContext Context => mock.Object;

    /// <summary>Steps in the order in which they were asked for: activities, sub-orchestrations, timers and events sent.</summary>
    public IReadOnlyList<string> Calls => calls;

    /// <summary>Inputs of the steps, in the same order.</summary>
    public List<object?> Inputs { get; } = [];

    public List<object?> Statuses { get; } = [];

    /// <summary>Input of the next generation; null when there is none.</summary>
    public object? Next { get; private set; }

    public object? Input { get; }

    /// <summary>Timers never fire: whoever waits is woken by an event.</summary>
    public bool ClockStands { get; set; }

    /// <summary>Gives the input to the orchestrator.</summary>
    public MockedOrchestration With<T>()
    {
        mock.Setup(context => context.GetInput<T>()).Returns((T)Input!);
        return this;
    }

    /// <summary>An activity answers these, one a call, the last one again and again.</summary>
    public MockedOrchestration Activity<T>(string name, params T[] answers) => Activity(name, (int call, object _) => Task.FromResult(answers[Math.Min(call, answers.Length - 1)]));

    /// <summary>An activity fails, repeats included.</summary>
    public MockedOrchestration Fails<T>(string name) => Activity(name, (_, _) => Task.FromException<T>(new TaskFailedException(name, 1, new InvalidOperationException("what nobody may see"))));

    public MockedOrchestration Activity<T>(string name, Func<int, object, Task<T>> answer)
    {
        var call = 0;
        mock.Setup(context => context.CallActivityAsync<T>(It.Is<TaskName>(asked => asked.Name == name), It.IsAny<object>(), It.IsAny<TaskOptions>()))
            .Returns((TaskName _, object? input, TaskOptions? _) => Note(name, input) ? answer(call++, input!) : throw new InvalidOperationException());
        return this;
    }

    /// <summary>A sub-orchestration.</summary>
    public MockedOrchestration Part<T>(string name, Func<string, object, Task<T>> answer)
    {
        mock.Setup(context => context.CallSubOrchestratorAsync<T>(It.Is<TaskName>(asked => asked.Name == name), It.IsAny<object>(), It.IsAny<TaskOptions>()))
            .Returns((TaskName _, object? input, TaskOptions? options) => Note(name, input) ? answer(((SubOrchestrationOptions)options!).InstanceId!, input!) : throw new InvalidOperationException());
        return this;
    }

    public MockedOrchestration Part<T>(string name, T answer) => Part(name, (_, _) => Task.FromResult(answer));

    /// <summary>Waits for events of a type can be answered.</summary>
    public MockedOrchestration Event<T>()
        where T : new()
    {
        mock.Setup(context => context.WaitForExternalEvent<T>(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns((string name, CancellationToken _) => ReceiveAsync<T>(name));
        return this;
    }

    public void Raise(string name) => Source(name).TrySetResult();

    private async Task<T> ReceiveAsync<T>(string name)
        where T : new()
    {
        await Source(name).Task;
        return new T();
    }

    private TaskCompletionSource Source(string name)
    {
        if (!events.TryGetValue(name, out var source))
        {
            events.Add(name, source = new TaskCompletionSource());
        }

        return source;
    }

    private Task SleepAsync(DateTime until)
    {
        calls.Add(FormattableString.Invariant($"timer {(until - Start).TotalMinutes:0.##} min"));
        if (ClockStands)
        {
            return new TaskCompletionSource().Task;
        }

        now = until;
        return Task.CompletedTask;
    }

    private bool Note(string name, object? input)
    {
        calls.Add(name);
        Inputs.Add(input);
        return true;
    }
}
