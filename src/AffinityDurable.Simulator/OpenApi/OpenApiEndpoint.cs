using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Serves the document at <c>/openapi.json</c>, to anybody and past limits and counters: it is no part of the API.</summary>
internal static class OpenApiEndpoint
{
    private const string Path = "/openapi.json";

    public static bool IsFor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods(Path, ["GET"], SendAsync).WithMetadata(Mark.Instance);

    private static async Task SendAsync(HttpContext context)
    {
        var endpoints = (EndpointDataSource)context.RequestServices.GetService(typeof(EndpointDataSource))!;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(await OpenApiDocuments.WriteAsync(endpoints, context.RequestAborted), context.RequestAborted);
    }

    private sealed class Mark
    {
        public static readonly Mark Instance = new();
    }
}
