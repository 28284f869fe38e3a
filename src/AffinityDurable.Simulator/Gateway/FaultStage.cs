using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>Lets programmed faults hit, before the request is carried out or after.</summary>
internal sealed class FaultStage(Simulation simulation, RequestDelegate next)
{
    /// <summary>In place of a status: the gateway breaks the connection, once the request is counted.</summary>
    public const int CutConnection = 0;

    private readonly WorldEffects _world = new(simulation);

    /// <summary>Carries the request out, or fails it; gives the status answered, 0 for a cut connection.</summary>
    public async Task<int> InvokeAsync(HttpContext context)
    {
        var strike = simulation.Faults.Take(context);
        await DelayAsync(simulation.Faults.Latency + (strike?.Delay ?? TimeSpan.Zero), context.RequestAborted);
        if (strike is not null)
        {
            await _world.ApplyAsync(strike, context);
        }

        if (strike?.Answer is { } fault)
        {
            return await FailAsync(fault, context);
        }

        return simulation.Faults.WritesBroken && IsWrite(context.Request)
            ? throw new ApiException(500, "Writes are broken for now.")
            : await CarryOutAsync(context);
    }

    private async Task<int> FailAsync(Fault fault, HttpContext context)
    {
        if (fault.Body is { } body)
        {
            var whole = await CarryOutHiddenAsync(context);
            await BodyBreaker.SendAsync(context, whole, body);
            return context.Response.StatusCode;
        }

        if (fault.AfterCommit)
        {
            await CarryOutHiddenAsync(context);
        }

        return fault switch
        {
            { ReplacesKey: true } => throw ApiException.UnknownKey(),
            { Status: { } status } => throw new ApiException(status, fault.Message),
            _ => CutConnection,
        };
    }

    private async Task<int> CarryOutAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;

        // Routing leaves these two without a body: no such path, or no such verb on it.
        var isUnanswered = response.StatusCode is 404 or 405 && response.ContentType is null && !response.HasStarted;
        return isUnanswered ? throw Unrouted(context.Request, response.StatusCode) : response.StatusCode;
    }

    /// <summary>Carries the request out, a refusal included, and gives the body that the client does not get to see.</summary>
    private async Task<ReadOnlyMemory<byte>> CarryOutHiddenAsync(HttpContext context)
    {
        var response = context.Response;
        var visible = response.Body;
        using var hidden = new MemoryStream();
        response.Body = hidden;
        try
        {
            await CarryOutAsync(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        catch (ApiException refusal)
        {
            Rendering.ErrorEnvelope.Write(context, refusal);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            response.Body = visible;
            response.ContentLength = null;
            response.ContentType = null;
        }

        return hidden.ToArray();
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken cancelled) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, simulation.Time, cancelled) : Task.CompletedTask;

    /// <summary>Searches are POSTs that only read.</summary>
    private static bool IsWrite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !(request.Path.Value ?? "").EndsWith("/search", StringComparison.Ordinal);

    private static ApiException Unrouted(HttpRequest request, int status) => status == 404
        ? new ApiException(404, $"There is nothing at {request.Path}.")
        : new ApiException(405, $"{request.Method} is not allowed at {request.Path}.");
}
