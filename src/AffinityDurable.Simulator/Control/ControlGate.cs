using System.Net;
using System.Text.Json;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AffinityDurable.Simulator.Control;

/// <summary>
/// Lets callers of this machine into <c>/_sim</c>, past keys, limits and counters. The Host header must name this machine too: a page in a
/// browser must not reach it through a name that resolves to loopback.
/// </summary>
internal static class ControlGate
{
    private static readonly PathString Root = new("/_sim");

    public static bool IsFor(HttpRequest request) => request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    public static bool IsFor(Uri url) => new PathString(url.AbsolutePath).StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsLocal(context))
        {
            ErrorEnvelope.Write(context, new ApiException(404, "There is nothing here."));
            return;
        }

        try
        {
            await next(context);
            if (context.Response.StatusCode is 404 or 405 && context.Response.ContentType is null)
            {
                throw new ApiException(context.Response.StatusCode, "The control API has no such endpoint.");
            }
        }
        catch (ApiException refusal)
        {
            ErrorEnvelope.Write(context, refusal);
        }
        catch (Exception fault) when (IsOfTheCaller(fault))
        {
            ErrorEnvelope.Write(context, new ApiException(400, fault.Message));
        }
    }

    private static bool IsOfTheCaller(Exception fault) =>
        fault is JsonException or ArgumentException or FormatException or OverflowException or InvalidDataException or BadHttpRequestException;

    private static bool IsLocal(HttpContext context)
    {
        // The raw target shows /v2/../_sim, which the server resolves before it gets here.
        var isDirect = context.Features.Get<IHttpRequestFeature>()?.RawTarget.StartsWith("/_sim", StringComparison.OrdinalIgnoreCase) ?? false;
        var isLoopback = context.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller);
        var host = context.Request.Host.Host;
        var namesLoopback = host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return isDirect && isLoopback && namesLoopback;
    }
}
