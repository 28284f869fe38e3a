using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Triggers.Http;

/// <summary>One HTTP function as a request delegate.</summary>
internal sealed partial class HttpFunction(
    FunctionCatalog catalog,
    FunctionMethod function,
    DurableEngine engine,
    IServiceProvider services,
    HostAddress address,
    ILogger<HttpFunction> logger,
    CancellationToken cancelled)
{
    // Where the worker's ASP.NET Core integration keeps it (FunctionContext.GetHttpContext).
    private const string HttpContextItem = "HttpRequestContext";

    public async Task HandleAsync(HttpContext http)
    {
        engine.Work.Begin();
        try
        {
            await InvokeAsync(http).ConfigureAwait(false);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.StatusCode = bad.StatusCode;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            LogAborted(function.Name);
        }
        catch (Exception exception)
        {
            LogFailed(exception, function.Name);
            AnswerInternalError(http);
        }
        finally
        {
            engine.Work.End();
        }
    }

    private async Task InvokeAsync(HttpContext http)
    {
        await using var scope = services.CreateAsyncScope();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, cancelled);
        http.RequestServices = scope.ServiceProvider;
        http.Items[HostAddress.LoopbackOnlyItem] = address.IsLoopbackOnly;
        http.Features.Set(address);
        var invocation = new Invocation(function, scope.ServiceProvider, cancellation.Token)
        {
            Trigger = http.Request,
            Client = catalog.Client,
            Route = http.Request.RouteValues,
        };
        invocation.Context.Items[HttpContextItem] = http;
        var result = await function.InvokeAsync(invocation).ConfigureAwait(false) as IActionResult ?? new NoContentResult();
        await result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())).ConfigureAwait(false);
    }

    private static void AnswerInternalError(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            // Too late for a status: the client must not take the part it got for the whole.
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    [LoggerMessage(401, LogLevel.Error, "HTTP function {Function} failed.")]
    private partial void LogFailed(Exception exception, string function);

    [LoggerMessage(402, LogLevel.Debug, "The caller of HTTP function {Function} went away.")]
    private partial void LogAborted(string function);
}
