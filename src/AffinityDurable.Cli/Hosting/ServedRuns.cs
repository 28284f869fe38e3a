using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Runs of a host in another process, over its HTTP API.</summary>
internal sealed class ServedRuns(Uri url) : IRunGateway
{
    private readonly HttpClient http = new() { BaseAddress = OnThisMachine(url), Timeout = TimeSpan.FromSeconds(30) };

    public TimeSpan Interval => TimeSpan.FromMilliseconds(500);

    public string WhenLeft => $"No longer followed; the run goes on in the host at {url}.";

    public async Task<StartedRun> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var started = await PostAsync<Started>(RouteOf(request), BodyOf(request), cancellationToken);
        return new StartedRun(started!.RunId, IsResumed: false);
    }

    public Task AnswerAsync(string runId, string planHash, bool approved, PlanAnswer answer, CancellationToken cancellationToken) =>
        PostAsync<Started>(
            $"api/runs/{Uri.EscapeDataString(runId)}/{(approved ? "approve" : "decline")}",
            new { planHash, answer.By, answer.Comment },
            cancellationToken);

    public Task CancelAsync(CancelledRun cancelled, CancellationToken cancellationToken) =>
        PostAsync<Started>($"api/runs/{Uri.EscapeDataString(cancelled.RunId)}/cancel", new { cancelled.By, cancelled.Reason }, cancellationToken);

    public async Task<SyncHold> HoldAsync(string sync, SyncActivity activity, string reason, string by, CancellationToken cancellationToken)
    {
        var body = new { reason, by, planOnly = activity == SyncActivity.PlanOnly };
        return (await PostAsync<SyncHold>($"api/syncs/{Uri.EscapeDataString(sync)}/hold", body, cancellationToken))!;
    }

    public Task ReleaseAsync(string sync, string planRunId, string by, CancellationToken cancellationToken) =>
        PostAsync<object>($"api/syncs/{Uri.EscapeDataString(sync)}/release", new { plan = planRunId, by }, cancellationToken);

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

    /// <summary>A host that listens on every address is asked by the one that it trusts.</summary>
    private static Uri OnThisMachine(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(url) { Host = "localhost" }.Uri
            : url;

    private static string RouteOf(RunRequest request) =>
        request.PlanOf is { } planOf ? $"api/runs/{Uri.EscapeDataString(planOf)}/apply"
        : request.Undo is { } undo ? $"api/runs/{Uri.EscapeDataString(undo.RunId)}/undo"
        : $"api/syncs/{Uri.EscapeDataString(request.Sync)}/runs";

    private static object BodyOf(RunRequest request) => request switch
    {
        { PlanOf: not null } => new { request.By },
        { Undo: { } undo } => new { request.Mode, undo.Fields, undo.Entries, request.By },
        _ => new { request.Mode, request.Entries, request.Domains, request.Limit, request.Canary, list = request.TestListId, request.By },
    };

    private async Task<T?> PostAsync<T>(string route, object body, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(() => http.PostAsJsonAsync(route, body, RunJson.Options, cancellationToken));
        return await ReadAsync<T>(answer, cancellationToken);
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
