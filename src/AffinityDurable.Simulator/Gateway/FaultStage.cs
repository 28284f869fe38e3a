using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>Lets programmed faults hit, before the request is carried out or after.</summary>
internal sealed class FaultStage(Simulation simulation, RequestDelegate next)
{
    /// <summary>In place of a status: the gateway breaks the connection, once the request is counted.</summary>
    public const int CutConnection = 0;

    /// <summary>Carries the request out, or fails it; gives the status answered, 0 for a cut connection.</summary>
    public async Task<int> InvokeAsync(HttpContext context)
    {
        var fault = simulation.Faults.Take(context.Request);
        await DelayAsync(simulation.Faults.Latency + (fault?.Delay ?? TimeSpan.Zero), context.RequestAborted);
        if (fault?.OnMatch is { } onMatch)
        {
            await onMatch();
        }

        if (fault is { AfterCommit: true })
        {
            await CarryOutUnseenAsync(context);
        }

        if (fault is { CutsConnection: true })
        {
            return CutConnection;
        }

        if (fault?.Status is { } status)
        {
            throw new ApiException(status, fault.Message);
        }

        if (simulation.Faults.WritesBroken && (HttpMethods.IsPatch(context.Request.Method) || HttpMethods.IsPost(context.Request.Method)))
        {
            throw new ApiException(500, "Writes are broken for now.");
        }

        return await CarryOutAsync(context);
    }

    private async Task<int> CarryOutAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;

        // Routing leaves these two without a body: no such path, or no such verb on it.
        var isUnanswered = response.StatusCode is 404 or 405 && response.ContentType is null && !response.HasStarted;
        return isUnanswered ? throw Unrouted(context.Request, response.StatusCode) : response.StatusCode;
    }

    private async Task CarryOutUnseenAsync(HttpContext context)
    {
        var visible = context.Response.Body;
        context.Response.Body = Stream.Null;
        try
        {
            await CarryOutAsync(context);
        }
        catch (ApiException)
        {
            // Refused: nothing was committed, and the fault hides the reason.
        }
        finally
        {
            context.Response.Body = visible;
            context.Response.ContentLength = null;
            context.Response.ContentType = null;
        }
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken cancelled) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, simulation.Time, cancelled) : Task.CompletedTask;

    private static ApiException Unrouted(HttpRequest request, int status) => status == 404
        ? new ApiException(404, $"There is nothing at {request.Path}.")
        : new ApiException(405, $"{request.Method} is not allowed at {request.Path}.");
}
