using System.Net;
using AffinityDurable.Functions.Tests.Access;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>Requests that nobody would send on purpose, or only with a bad one.</summary>
public sealed class FuzzedRequestTests
{
    private const int Requests = 10_000;
    private const int AtOnce = 8;

    [Fact]
    public async Task No_request_is_answered_by_a_failure_and_none_leaves_a_file_outside_the_stores()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define("colour: red");
        using var http = app.Caller();
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<HttpStatusCode, int>();
        var requests = new FuzzedRequests($"fuzz{Guid.NewGuid():N}");

        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, token) =>
        {
            using var request = requests.Of(seed, app.Host.Url!);
            var asked = $"{seed}: {request.Method} {request.RequestUri}";
            using var answer = await http.SendAsync(request, token);
            statuses.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
            if ((int)answer.StatusCode >= 500)
            {
                failures.Add($"{asked}: {answer.StatusCode}");
            }
        });

        Assert.Empty(failures);
        Assert.Superset(
            new HashSet<HttpStatusCode> { HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed },
            statuses.Keys.ToHashSet());
        Assert.Equal(Requests, statuses.Values.Sum());
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains("HTTP function", StringComparison.Ordinal) && line.Text.Contains("failed", StringComparison.Ordinal));
        var written = Directory.EnumerateFiles(app.Directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(app.Directory, file).Split(Path.DirectorySeparatorChar)[0]).Distinct();
        Assert.Subset(new HashSet<string> { "state", "runs", "syncs", ".tmp", "history.db", "history.db-wal", "history.db-shm", "host.lock", "host.owner.json" }, written.ToHashSet());
    }
}
