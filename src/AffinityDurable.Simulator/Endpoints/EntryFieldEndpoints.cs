using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The values of one entry: all fields by 20, one field, and the items of a multi-value beyond the first hundred.</summary>
internal sealed class EntryFieldEndpoints(Simulation simulation)
{
    private const int DefaultLimit = 20;

    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("GET", "/v2/lists/{listId}/list-entries/{listEntryId}/fields", GetFields)
        {
            Id = "getListEntryFields",
            Summary = "All values of an entry, or those that are asked for.",
            Query = [.. QueryParameter.Selection, .. QueryParameter.Page(DefaultLimit)],
            Answer = Shape.PageOf(Shapes.Field),
        });
        api.Map(new Operation("GET", "/v2/lists/{listId}/list-entries/{listEntryId}/fields/{fieldId}", GetField)
        {
            Id = "getListEntryField",
            Summary = "One value of an entry.",
            Answer = Shapes.Field,
        });
        api.Map(new Operation("GET", "/v2/lists/{listId}/list-entries/{listEntryId}/fields/{fieldId}/values", GetValues)
        {
            Id = "getListEntryFieldValues",
            Summary = "The items of a multi-value, also those beyond the first hundred.",
            Since = ApiVersion.V20260917,
            IsBeta = true,
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.ValueItem),
        });
    }

    private Task GetFields(HttpContext context)
    {
        var list = Lookup.List(context, simulation.Tenant);
        var all = Lookup.Fields(context, list);
        var fields = FieldSelection.Read(context, all, simulation.Behavior, "ids", "types") ?? all;
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
        var list = Lookup.List(context, simulation.Tenant);
        var entry = Lookup.Entry(context, list);
        var field = Lookup.Field(context, list);
        return MultiValues.Send(context, simulation.Tenant, field, () => WriterFor(context).IsHidden(entry, field) ? default : entry[field]);
    }

    private EntryWriter WriterFor(HttpContext context) => new(simulation.Tenant, simulation.Behavior, Call.Of(context).Version);
}
