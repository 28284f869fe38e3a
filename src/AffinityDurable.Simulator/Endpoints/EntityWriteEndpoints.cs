using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Writing;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>
/// Writing the fields that a company or person has on every list, many by PATCH or one by POST. As for entries, the schema is checked
/// before anything is looked for.
/// </summary>
internal sealed class EntityWriteEndpoints(Simulation simulation, EntityKind kind)
{
    private readonly FieldWrites _writes = new(simulation);

    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("PATCH", $"{kind.OnePath}/fields", PatchAsync)
        {
            Id = $"update{kind.OperationName}Fields",
            Summary = $"Writes up to 100 values of one {kind.Noun}.",
            Body = Shapes.EntityUpdates,
            Answer = Shapes.UpdatesDone,
        });
        api.Map(new Operation("POST", $"{kind.OnePath}/fields/{{fieldId}}", PostAsync)
        {
            Id = $"update{kind.OperationName}Field",
            Summary = $"Writes one value of a {kind.Noun}.",
            Body = Shapes.SingleUpdate,
            Success = StatusCodes.Status204NoContent,
        });
    }

    private async Task PatchAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        var updates = BatchReader.Read(body.Json.Span, UpdateSchema.OfEntities(simulation.Behavior));
        _writes.Patch(WriteTarget.Of(Lookup.Entity(context, simulation.Tenant, kind)), updates, Call.Of(context));
        await JsonReply.Send(context, StatusCodes.Status200OK, "{\"operation\":\"update-fields\"}"u8);
    }

    private async Task PostAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        var update = SingleReader.Read(body.Json.Span, Lookup.FieldId(context), UpdateSchema.OfEntities(simulation.Behavior));
        _writes.Set(WriteTarget.Of(Lookup.Entity(context, simulation.Tenant, kind)), update, Call.Of(context));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
