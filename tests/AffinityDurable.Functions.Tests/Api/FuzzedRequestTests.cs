using System.Net;
using System.Text;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Triggers.Access;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>Requests that nobody would send on purpose, or only with a bad one.</summary>
public sealed class FuzzedRequestTests
{
    private const int Requests = 10_000;
    private const int AtOnce = 8;

    private static readonly string[] Segments =
    [
        "portfolio", "portfolio@20260303T0200Z", "portfolio@adhoc-00000000-0000-0000-0000-000000000000", "..", "%2e%2e", "..%2F..%2F..%2Fetc%2Fpasswd", "%5C..%5C", "a%0Ab", "%F0%9F%92%A3",
        "%C0%AE%C0%AE", "con", "@", "portfolio@", "@20260303T0200Z", "x@20269999T9999Z", new('a', 300), "%25252e", "%20", "'", "\"", "%3Cscript%3E", "0", "-1", "null",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "1", "\"x\"", "{}", "{\"mode\":\"plan\"}", "{\"mode\":1}", "{\"entries\":[1,2,\"3\"]}", "{\"entries\":[99999999999999999999]}", "{\"domains\":[\"../..\"]}", "{\"by\":\"\"}",
        "{\"reason\":\"x\",\"by\":{}}", "{\"planHash\":\"../../../etc/passwd\",\"by\":\"Eve\"}", "{\"plan\":\"../../x\"}", "{\"a\":1,\"a\":2}", "{\"fields\":[\"\"]}", "{\"list\":1e99}", "{\"limit\":0.5}", "\uFEFF{}",
    ];

    private static readonly string[] Queries =
    [
        "", "", "", "?", "?sync=..%2F..", "?limit=99999999999", "?cursor=!!!", "?cursor=Li4vLi4", "?since=0000-00-00", "?since=9999-12-31T23:59:59.9999999-14:00", "?outcome=0", "?trigger=-1", "?a=%00", "?entry=0&entry=1",
        "?domain=..&field=..", "?company=1&field=ARR", "?field=%F0%9F%92%A3", "?reason=fill,clear", "?source=..%2F",
    ];

    [Fact]
    public async Task No_request_is_answered_by_a_failure_and_none_leaves_a_file_outside_the_stores()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define("colour: red");
        using var http = app.Caller();
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<HttpStatusCode, int>();
        var operations = new ApprovedDocument().Operations;

        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, token) =>
        {
            using var request = Request(new Random(seed), app.Host.Url!, operations);
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

    private static HttpRequestMessage Request(Random random, Uri host, IReadOnlyList<ApiOperation> operations)
    {
        var operation = Pick(random, operations);
        var verb = random.Next(10) == 0 ? Pick(random, ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]) : operation.Verb.ToUpperInvariant();
        var path = operation.Path;
        while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open)
        {
            path = path[..open] + Pick(random, Segments) + path[(path.IndexOf('}', open) + 1)..];
        }

        var url = new Uri($"{host}api{path}{Pick(random, Queries)}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(verb), url);
        foreach (var (name, value) in Headers(random))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (verb is "POST" or "PUT" or "PATCH")
        {
            request.Content = new ByteArrayContent(Body(random));
        }

        return request;
    }

    private static IEnumerable<(string Name, string Value)> Headers(Random random)
    {
        yield return random.Next(8) switch
        {
            0 => ("X-Api-Key", "adk_" + random.Next()),
            1 => ("Authorization", "Basic eDp4"),
            2 => (RequestAuthorizer.PrincipalHeader, Convert.ToBase64String(Bytes(random))),
            3 => (RequestAuthorizer.PrincipalHeader, ApiApp.Principal([("tid", ApiApp.Tenant), ("name", "Ada"), ("roles", "Sync.Approve"), ("exp", "99999999999999999999")])),
            4 => ("X-Api-Key", ApiApp.ReaderKey),
            _ => ("X-Api-Key", ApiApp.OperatorKey),
        };
        yield return random.Next(6) switch
        {
            0 => ("If-None-Match", "*"),
            1 => ("If-None-Match", "W/\"x\", broken"),
            2 => ("Range", "bytes=5-1"),
            3 => ("Idempotency-Key", new string('k', random.Next(1, 400))),
            4 => ("Accept", "text/html;q=broken"),
            _ => ("X-Forwarded-For", "'; drop table runs; --"),
        };
    }

    private static byte[] Body(Random random) => random.Next(5) switch
    {
        0 => Bytes(random),
        1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", random.Next(1, 2000)))),
        _ => Encoding.UTF8.GetBytes(Pick(random, Bodies)),
    };

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
