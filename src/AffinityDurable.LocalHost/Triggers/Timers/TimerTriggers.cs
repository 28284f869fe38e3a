using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Triggers.Timers;

/// <summary>All timer functions of the app.</summary>
internal sealed class TimerTriggers : IAsyncDisposable
{
    private const string TimeZoneSetting = "WEBSITE_TIME_ZONE";

    private readonly DueTimes due;
    private readonly CancellationTokenSource cancelled = new();
    private readonly List<TimerFunction> functions;

    /// <exception cref="UnsupportedFunctionException">A schedule cannot be read.</exception>
    public TimerTriggers(FunctionCatalog catalog, DurableEngine engine, TimeProvider clock, IConfiguration? configuration, ILoggerFactory loggers)
    {
        due = new DueTimes(clock);
        var zone = FindZone(configuration);
        var problems = new List<string>();
        functions = [];
        foreach (var method in catalog.OfKind(FunctionKind.Timer))
        {
            var trigger = (TimerTriggerAttribute)method.Trigger.Attribute;
            try
            {
                var schedule = TimerSchedule.Parse(Setting.Resolve(trigger.Schedule, configuration), zone);
                functions.Add(new TimerFunction(
                    catalog, method, schedule, engine, due, clock, loggers.CreateLogger<TimerFunction>(), cancelled.Token));
            }
            catch (FormatException wrong)
            {
                problems.Add($"{method.Name}: parameter '{method.Trigger.Parameter.Name}', TimerTrigger: {wrong.Message}");
            }
        }

        if (problems.Count > 0)
        {
            throw new UnsupportedFunctionException(problems);
        }
    }

    public DateTimeOffset? Next => due.Next;

    public void FireDue() => due.FireDue();

    public async Task StartAsync()
    {
        foreach (var function in functions)
        {
            await function.StartAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Fires nothing new, waits for what runs, and after <paramref name="grace"/> cancels it.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        due.Dispose();
        var running = Task.WhenAll(functions.Select(function => function.Running));
        if (await Task.WhenAny(running, Task.Delay(grace)).ConfigureAwait(false) != running)
        {
            await cancelled.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(5))).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        due.Dispose();
        cancelled.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TimeZoneInfo FindZone(IConfiguration? configuration)
    {
        var id = configuration?[TimeZoneSetting] ?? Environment.GetEnvironmentVariable(TimeZoneSetting);
        return string.IsNullOrWhiteSpace(id) ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(id);
    }
}
