using System.Buffers.Text;
using System.Text;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Triggers.Access;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>Requests that nobody would send on purpose, or only with a bad one. Each follows from its seed.</summary>
/// <param name="marker">A word that is in the name of whatever a request that climbs out of its place would leave.</param>
internal sealed class FuzzedRequests(string marker)
{
    /// <summary>Some that are taken, for what lies behind the door.</summary>
    private static readonly string[] Sound = ["", "{}", "{\"mode\":\"plan\"}", "{\"reason\":\"x\",\"by\":\"Eve\"}", "{\"website\":\"company-1.com\",\"arr\":1}", "[{\"website\":\"company-2.com\",\"arr\":2}]"];

    private readonly IReadOnlyList<ApiOperation> operations = new ApprovedDocument().Operations;

    private readonly string[] segments =
    [
        .. Paths(marker).Select(Uri.EscapeDataString), $"..%255C{marker}", $"pushed%2F..%2F..%2F{marker}", $"portfolio@..%2F..%2F{marker}", $"{marker}%00.txt", 
        "portfolio", "portfolio@20260303T0200Z", "portfolio@adhoc-00000000-0000-0000-0000-000000000000", "..", "%2e%2e", "..%2F..%2F..%2Fetc%2Fpasswd", "%5C..%5C", "a%0Ab", "%F0%9F%92%A3",
        "%C0%AE%C0%AE", "con", "@", "portfolio@", "@20260303T0200Z", "x@20269999T9999Z", new('a', 300), "%25252e", "%20", "'", "\"", "%3Cscript%3E", "0", "-1", "null",
    ];

    private readonly string[] bodies =
    [
        .. Paths(marker).SelectMany(Bodies),
        "", "{", "[]", "null", "1", "\"x\"", "{}", "{\"mode\":\"plan\"}", "{\"mode\":1}", "{\"entries\":[1,2,\"3\"]}", "{\"entries\":[99999999999999999999]}", "{\"domains\":[\"../..\"]}", "{\"by\":\"\"}",
        "{\"reason\":\"x\",\"by\":{}}", "{\"planHash\":\"../../../etc/passwd\",\"by\":\"Eve\"}", "{\"plan\":\"../../x\"}", "{\"a\":1,\"a\":2}", "{\"fields\":[\"\"]}", "{\"list\":1e99}", "{\"limit\":0.5}", "\uFEFF{}",
    ];

    private readonly string[] queries =
    [
        .. Paths(marker).Select(path => $"?source={Uri.EscapeDataString(path)}"), $"?cursor={Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"portfolio@../../{marker}"))}",
        "?", "?sync=..%2F..", "?limit=99999999999", "?cursor=!!!", "?cursor=Li4vLi4", "?since=0000-00-00", "?since=9999-12-31T23:59:59.9999999-14:00", "?outcome=0", "?trigger=-1", "?a=%00", "?entry=0&entry=1",
        "?domain=..&field=..", "?company=1&field=ARR", "?field=%F0%9F%92%A3", "?reason=fill,clear", "?source=..%2F",
    ];

    /// <summary>Places outside those that a host may touch.</summary>
    private static string[] Paths(string name) =>
    [
        $"../{name}", $"../../{name}", $"../../../{name}", $"../../../../../../{name}", $"/tmp/{name}", $"/etc/{name}", $"/{name}", $"~/{name}", $"..\\..\\{name}", $"C:\\{name}", $"file:///tmp/{name}", $"./{name}/../../{name}",
    ];

    private static IEnumerable<string> Bodies(string path)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(path);
        yield return $"{{\"plan\":{text},\"by\":{text}}}";
        yield return $"{{\"reason\":{text},\"by\":{text}}}";
        yield return $"{{\"planHash\":{text},\"comment\":{text},\"by\":{text}}}";
        yield return $"{{\"fields\":[{text}]}}";
        yield return $"{{\"website\":{text},\"arr\":1}}";
        yield return $"{{{text}:1}}";
    }

    /// <summary>The request of a seed.</summary>
    public HttpRequestMessage Of(int seed, Uri host)
    {
        var random = new Random(seed);
        var operation = Pick(random, operations);
        var verb = random.Next(10) == 0 ? Pick(random, ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]) : operation.Verb.ToUpperInvariant();
        var path = operation.Path;
        while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open)
        {
            path = path[..open] + (random.Next(4) == 0 ? "pushed" : Pick(random, segments)) + path[(path.IndexOf('}', open) + 1)..];
        }

        var url = new Uri($"{host}api{path}{(random.Next(2) == 0 ? "" : Pick(random, queries))}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
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

    private IEnumerable<(string Name, string Value)> Headers(Random random)
    {
        yield return random.Next(8) switch
        {
            0 => ("X-Api-Key", "adk_" + random.Next()),
            1 => ("Authorization", random.Next(2) == 0 ? "Basic eDp4" : $"Basic {ApiApp.Base64($"hightouch:{ApiApp.OperatorKey}")}"),
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
            3 => ("Idempotency-Key", random.Next(2) == 0 ? new string('k', random.Next(1, 400)) : Pick(random, Paths(marker))),
            4 => ("Accept", "text/html;q=broken"),
            _ => ("X-Forwarded-For", "'; drop table runs; --"),
        };
    }

    private byte[] Body(Random random) => random.Next(8) switch
    {
        0 => Bytes(random),
        1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", random.Next(1, 2000)))),
        2 => Encoding.UTF8.GetBytes(Pick(random, Sound)),
        _ => Encoding.UTF8.GetBytes(Pick(random, bodies)),
    };

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
