using System.Reflection;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Requests;
using AffinityDurable.Functions.Triggers.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Triggers;

/// <summary><c>GET /api/openapi.json</c>: the description of this API, for programs that make clients of it.</summary>
public sealed class GetOpenApi(ApiDoor door)
{
    private static readonly Lazy<byte[]> Document = new(Read);

    [Function(nameof(GetOpenApi))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request,
        CancellationToken cancellationToken) =>
        door.AdmitAsync(request, Role.Reader, _ => Task.FromResult(RequestQuery.Refuse(request) ?? new FileContentResult(Document.Value, RunFiles.Json)), cancellationToken);

    private static byte[] Read()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.json")!;
        using var document = new MemoryStream();
        resource.CopyTo(document);
        return document.ToArray();
    }
}
