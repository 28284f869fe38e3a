using AffinityDurable.Simulator.Counting;
using AffinityDurable.Simulator.Limits;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>What every request passes: key, limits and their headers, version, faults, and the error envelope on the way out.</summary>
internal sealed class ApiGateway(Simulation simulation, RequestDelegate next)
{
    private readonly FaultStage _faults = new(simulation, next);

    public async Task InvokeAsync(HttpContext context)
    {
        var traffic = context.GetEndpoint()?.Metadata.GetMetadata<EndpointTraffic>() ?? simulation.Counters.Unmatched;
        var status = FaultStage.CutConnection;
        try
        {
            status = await AnswerAsync(context, traffic);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away: counted as a connection that was cut.
        }
        finally
        {
            traffic.Count(status);
            Log(context, status);
            if (status == FaultStage.CutConnection)
            {
                context.Abort();
            }
        }
    }

    private async Task<int> AnswerAsync(HttpContext context, EndpointTraffic traffic)
    {
        var isVersioned = context.GetEndpoint()?.Metadata.GetMetadata<Operation>() is not { IsFirstGeneration: true };
        var key = CallerKey.Find(context.Request, simulation.Tenant, takesBasic: !isVersioned && simulation.Behavior.V1TakesBasic);
        string? wanted = isVersioned ? context.Request.Headers[ApiVersions.Header] : ApiVersions.Newest;
        var isSupported = ApiVersions.TryResolve(wanted, key?.DefaultVersion ?? ApiVersions.Newest, out var version);
        if (isVersioned)
        {
            context.Response.Headers[ApiVersions.Header] = isSupported ? version.WireName() : key?.DefaultVersion ?? ApiVersions.Newest;
        }

        if (key is null)
        {
            LimitHeaders.Write(context.Response.Headers, simulation.Limits.Peek(null));
            return ErrorEnvelope.Write(context, ApiException.UnknownKey());
        }

        context.Features.Set(new Call(key, version));
        var admission = simulation.Limits.Admit(key, traffic.SparesMonth);
        LimitHeaders.Write(context.Response.Headers, admission);
        if (admission.Refusal != Refusal.None)
        {
            return Refuse(context, admission);
        }

        try
        {
            return isSupported
                ? await CarryOutAsync(context)
                : ErrorEnvelope.Write(context, ApiVersions.Unsupported(wanted));
        }
        finally
        {
            simulation.Limits.Leave();
        }
    }

    private async Task<int> CarryOutAsync(HttpContext context)
    {
        try
        {
            OperationRules.Check(context);
            return await _faults.InvokeAsync(context);
        }
        catch (ApiException refusal)
        {
            var param = simulation.Behavior.ParamOfBodyErrors;
            return ErrorEnvelope.Write(context, param == BodyErrorParam.Pointer ? refusal : refusal.NamingProperties());
        }
        catch (BadHttpRequestException broken)
        {
            return ErrorEnvelope.Write(context, new ApiException(broken.StatusCode, broken.Message));
        }
    }

    private int Refuse(HttpContext context, in Admission admission)
    {
        if (simulation.Limits.SendsRetryAfter)
        {
            context.Response.Headers.RetryAfter = LimitHeaders.RetryAfter(admission);
        }

        return ErrorEnvelope.Write(context, new ApiException(429, "The rate limit was exceeded."));
    }

    private void Log(HttpContext context, int status)
    {
        if (!simulation.Log.IsOn)
        {
            return;
        }

        var request = context.Request;
        simulation.Log.Add(new LoggedRequest(
            simulation.Time.GetUtcNow(), request.Method, request.Path, request.QueryString.ToString(),
            context.Response.Headers[ApiVersions.Header].ToString(), context.Features.Get<Call>()?.Key.User.Id, status));
    }
}
