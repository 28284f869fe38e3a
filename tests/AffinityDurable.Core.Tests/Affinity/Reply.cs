using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Core.Tests.Affinity;

/// <summary>Answers of the scripted server.</summary>
internal static class Reply
{
    public const string Version = "2026-09-17";

    public static Func<HttpContext, Task> Json(int status, string json, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers["x-affinity-api-version"] = Version;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(json);
    };

    public static Func<HttpContext, Task> Error(int status, string code, string message, params (string Name, string Value)[] headers) =>
        Json(status, $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""", headers);

    /// <summary>The connection breaks without an answer; whatever the call did has happened.</summary>
    public static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Headers and half of the announced body, then the connection breaks.</summary>
    public static async Task HalfThenReset(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-affinity-api-version"] = Version;
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("""{"data":[""");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>No answer until the caller gives up.</summary>
    public static async Task Never(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using (context.RequestAborted.Register(gone.SetResult))
        {
            await gone.Task;
        }
    }
}
