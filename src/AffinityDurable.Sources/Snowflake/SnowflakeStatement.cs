using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>One statement from its submission to its last partition.</summary>
internal sealed partial class SnowflakeStatement(SnowflakeClient client, BoundQuery query, QueryLimits limits, SnowflakePace pace, TimeProvider clock)
{
    private const string Statements = "/api/v2/statements";
    private static readonly TimeSpan LongestCancel = TimeSpan.FromSeconds(10);

    private readonly Guid requestId = Guid.NewGuid();
    private string? handle;
    private bool isRunning;

    /// <summary>Submits the query and waits until it is through. The same id makes sure that a query which is submitted again runs once.</summary>
    public async Task<ReadOnlyMemory<byte>> RunAsync(CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(Submission, isRunning: false, cancellationToken).ConfigureAwait(false);
        for (var wait = pace.FirstPoll; ; wait = Longer(wait))
        {
            var body = response.Body();
            var answer = SnowflakeAnswer.Read(body);
            handle ??= answer.Handle is { } given && Handle().IsMatch(given) ? given : null;
            isRunning = response.Status == HttpStatusCode.Accepted;
            if (!isRunning)
            {
                return response.Status == HttpStatusCode.OK && answer.Result is not null ? body : throw Failed(response.Status, answer);
            }

            var path = answer.StatusUrl is { } url && url.StartsWith($"{Statements}/", StringComparison.Ordinal) ? url : PathOf(handle);
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            response = await client.SendAsync(_ => Request(HttpMethod.Get, path), isRunning: true, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<SnowflakeResponse> PartitionAsync(int number, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{PathOf(handle)}?partition={number}");
        var response = await client.SendAsync(_ => Request(HttpMethod.Get, path), isRunning: true, cancellationToken).ConfigureAwait(false);
        return response.Status == HttpStatusCode.OK
            ? response
            : throw new ProblemException(SnowflakeProblems.Lost(client.Login.Connection, isRunning: true, $"Snowflake answers HTTP {(int)response.Status} for partition {number}"));
    }

    /// <summary>Ends the query, where it still runs.</summary>
    public async Task CancelAsync()
    {
        if (!isRunning || handle is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(LongestCancel);
        try
        {
            await client.SendAsync(_ => Request(HttpMethod.Post, $"{PathOf(handle)}/cancel"), isRunning: true, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ProblemException or OperationCanceledException)
        {
            // Its time limit ends it.
        }
    }

    private static ProblemException Failed(HttpStatusCode status, SnowflakeAnswer answer) => status is HttpStatusCode.OK
        ? SnowflakeProblems.Unreadable()
        : new ProblemException(SnowflakeProblems.OfStatement(answer));

    private static string PathOf(string? handle) => handle is null ? throw SnowflakeProblems.Unreadable() : $"{Statements}/{handle}";

    private TimeSpan Longer(TimeSpan wait) => wait * 1.5 < pace.LongestPoll ? wait * 1.5 : pace.LongestPoll;

    private HttpRequestMessage Submission(int attempt)
    {
        var request = Request(HttpMethod.Post, $"{Statements}?async=true&requestId={requestId}{(attempt > 1 ? "&retry=true" : "")}");
        request.Content = JsonContent.Create(SnowflakeBody.Of(query, limits, client.Login));
        return request;
    }

    private HttpRequestMessage Request(HttpMethod method, string path) => new(method, new Uri(client.Login.Address, path));

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,100}\z", RegexOptions.None, 1000)]
    private static partial Regex Handle();
}
