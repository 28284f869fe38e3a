using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>The path of a request for logs and records: without its query, and in a form that cannot break a line.</summary>
internal static class RequestPath
{
    private const int Longest = 300;

    public static string Of(HttpRequest request)
    {
        var path = request.PathBase.Add(request.Path).ToUriComponent();
        return path.Length <= Longest ? path : path[..Longest];
    }
}
