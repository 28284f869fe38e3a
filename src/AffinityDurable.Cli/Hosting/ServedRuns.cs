using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Runs of a host in another process, over its HTTP API.</summary>
internal sealed class ServedRuns(Uri url) : IRunGateway
{
    private readonly HttpClient http = new() { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };

    public TimeSpan Interval => TimeSpan.FromMilliseconds(500);

    public string WhenLeft => $"No longer followed; the run goes on in the host at {url}.";

    public async Task<StartedRun> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var body = new { request.Mode, request.Entries, request.Domains };
        using var answer = await SendAsync(
            () => http.PostAsJsonAsync($"api/syncs/{Uri.EscapeDataString(request.Sync)}/runs", body, RunJson.Options, cancellationToken));
        var started = await ReadAsync<Started>(answer, cancellationToken);
        return new StartedRun(started!.RunId, IsResumed: false);
    }

    public async Task<RunView?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(() => http.GetAsync($"api/runs/{Uri.EscapeDataString(runId)}", cancellationToken));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<RunView>(answer, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> call)
    {
        try
        {
            return await call();
        }
        catch (HttpRequestException unreachable)
        {
            throw new ProblemException(Problem.Of(HostErrors.HostUnreachable, $"The host at {url} does not answer: {unreachable.Message}"));
        }
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return await answer.Content.ReadFromJsonAsync<T>(RunJson.Options, cancellationToken);
        }

        throw new ProblemException(await ProblemsAsync(answer, cancellationToken));
    }

    /// <summary>The errors of our problem details; an answer that holds none is not from our host.</summary>
    private static async Task<IReadOnlyList<Problem>> ProblemsAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var details = await answer.Content.ReadFromJsonAsync<Details>(RunJson.Options, cancellationToken);
            if (details?.Errors is { Count: > 0 } errors)
            {
                return errors;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        return [Problem.Of(HostErrors.HostUnreachable, $"The host answered {(int)answer.StatusCode} without saying why.")];
    }

    private sealed record Started(string RunId);

    private sealed record Details(IReadOnlyList<Problem>? Errors);
}
