using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Writing;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>
/// Writing the fields of one entry, many by PATCH or one by POST. The schema is checked first, as by a gateway, so a bad body gives 400
/// even where there is no such entry.
/// </summary>
internal sealed class EntryWriteEndpoints(Simulation simulation)
{
    private readonly FieldWrites _writes = new(simulation);

    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("PATCH", "/v2/lists/{listId}/list-entries/{listEntryId}/fields", PatchAsync)
        {
            Id = "updateListEntryFields",
            Summary = "Writes up to 100 values of one entry.",
            Requires = Permissions.ExportLists,
            Body = Shapes.EntryUpdates,
            Answer = Shapes.UpdatesDone,
        });
        api.Map(new Operation("POST", "/v2/lists/{listId}/list-entries/{listEntryId}/fields/{fieldId}", PostAsync)
        {
            Id = "updateListEntryField",
            Summary = "Writes one value of an entry.",
            Requires = Permissions.ExportLists,
            Body = Shapes.SingleUpdate,
            Success = StatusCodes.Status204NoContent,
        });
    }

    private async Task PatchAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        var updates = BatchReader.Read(body.Json.Span, UpdateSchema.OfEntries(simulation.Behavior));
        var entry = Lookup.Entry(context, Lookup.List(context, simulation.Tenant));
        _writes.Patch(WriteTarget.Of(entry), updates, Call.Of(context));
        await JsonReply.Send(context, 200, "{\"operation\":\"update-fields\"}"u8);
    }

    private async Task PostAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        var update = SingleReader.Read(body.Json.Span, Lookup.FieldId(context), UpdateSchema.OfEntries(simulation.Behavior));
        var entry = Lookup.Entry(context, Lookup.List(context, simulation.Tenant));
        _writes.Set(WriteTarget.Of(entry), update, Call.Of(context));
        context.Response.StatusCode = 204;
    }
}
