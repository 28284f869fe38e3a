using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>Puts the run at hand around every log message, whoever writes it.</summary>
internal sealed class RunScopeProvider : IExternalScopeProvider
{
    private readonly LoggerExternalScopeProvider scopes = new();

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (RunScope.Current is { Count: > 0 } run)
        {
            callback(run, state);
        }

        scopes.ForEachScope(callback, state);
    }

    public IDisposable Push(object? state) => scopes.Push(state);
}
