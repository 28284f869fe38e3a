using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>
/// Puts the run at hand around every log message, whoever writes it, and takes away what the web server says of the request: its path can
/// hold the token of the webhook.
/// </summary>
internal sealed class RunScopeProvider : IExternalScopeProvider
{
    private readonly LoggerExternalScopeProvider scopes = new();

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (RunScope.Current is { Count: > 0 } run)
        {
            callback(run, state);
        }

        scopes.ForEachScope(
            (scope, into) =>
            {
                if (!IsOfRequest(scope))
                {
                    callback(scope, into);
                }
            },
            state);
    }

    public IDisposable Push(object? state) => scopes.Push(state);

    private static bool IsOfRequest(object? scope) =>
        scope is IReadOnlyList<KeyValuePair<string, object?>> members && members.Any(member => member.Key == "RequestPath");
}
