using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The values of one entry: all fields by 20, one field, and the items of a multi-value beyond the first hundred.</summary>
internal sealed class EntryFieldEndpoints(Simulation simulation)
{
    private const int DefaultLimit = 20;

    public void Map(ApiRoutes api)
    {
        api.Get("/v2/lists/{listId}/list-entries/{listEntryId}/fields", GetFields);
        api.Get("/v2/lists/{listId}/list-entries/{listEntryId}/fields/{fieldId}", GetField);
        api.Get("/v2/lists/{listId}/list-entries/{listEntryId}/fields/{fieldId}/values", GetValues);
    }

    private Task GetFields(HttpContext context)
    {
        var list = Lookup.List(context, simulation.Tenant);
        var fields = FieldSelection.Read(context, list.FieldsById, "ids", "types") ?? list.FieldsById;
        var entry = Lookup.Entry(context, list);
        var page = Page.Of(PageRequest.Of(context, DefaultLimit), fields.Length);
        var entryWriter = WriterFor(context);
        return Collection.Send(context, page, writer => entryWriter.WriteFields(writer, entry, fields.AsSpan(page.Start, page.Length)));
    }

    private Task GetField(HttpContext context)
    {
        var list = Lookup.List(context, simulation.Tenant);
        var entry = Lookup.Entry(context, list);
        var field = Lookup.Field(context, list);
        var reply = JsonReply.Start();
        WriterFor(context).WriteFields(reply.Writer, entry, [field]);
        return reply.Send(context, 200);
    }

    private Task GetValues(HttpContext context)
    {
        RequireNewestVersion(context);
        var list = Lookup.List(context, simulation.Tenant);
        var entry = Lookup.Entry(context, list);
        var field = Lookup.Field(context, list);
        if (!field.ValueType.IsMulti() || !field.ValueType.IsWritable())
        {
            throw ApiException.Invalid("fieldId", $"Field {field.Id} does not hold several values.");
        }

        // One stored set, which later writes replace but never change.
        var value = WriterFor(context).IsHidden(entry, field) ? default : entry[field];
        var page = Page.Of(PageRequest.Of(context), value.Count);
        var values = new ValueWriter(simulation.Tenant);
        return Collection.Send(context, page, writer => values.WriteItems(writer, field, value, page.Start, page.Length));
    }

    private static void RequireNewestVersion(HttpContext context)
    {
        if (Call.Of(context).Version < ApiVersion.V20260917)
        {
            throw new ApiException(404, "There are no values in this version.");
        }
    }

    private EntryWriter WriterFor(HttpContext context) => new(simulation.Tenant, simulation.Behavior, Call.Of(context).Version);
}
