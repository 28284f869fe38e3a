using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The rows of a list. Values come only when they are asked for.</summary>
internal sealed class ListEntryEndpoints(Simulation simulation)
{
    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("GET", "/v2/lists/{listId}/list-entries", GetEntries)
        {
            Id = "getListEntries",
            Summary = "The entries of a list, with the values that are asked for.",
            Requires = Permissions.ExportLists,
            Query = [QueryParameter.FieldIds, QueryParameter.FieldTypes, .. QueryParameter.Page()],
            Answer = Shape.PageOf(Shapes.ListEntry),
        });
        api.Map(new Operation("GET", "/v2/lists/{listId}/list-entries/{listEntryId}", GetEntry)
        {
            Id = "getListEntry",
            Summary = "One entry, with the values that are asked for.",
            Query = [QueryParameter.FieldIds, QueryParameter.FieldTypes],
            Answer = Shapes.ListEntry,
        });
    }

    private Task GetEntries(HttpContext context)
    {
        var list = Lookup.List(context, simulation.Tenant);
        var asked = FieldSelection.Read(context, Lookup.Fields(context, list), simulation.Behavior);
        var entries = list.EntryIndex.Items;
        var page = Page.ById<ListEntry>(PageRequest.Of(context), entries);
        var entryWriter = new EntryWriter(simulation.Tenant, simulation.Behavior, Call.Of(context).Version);
        return Collection.Send(context, page, writer =>
        {
            foreach (var entry in entries[page.Start..page.End])
            {
                if (entry.Entity.MergedInto is null)
                {
                    entryWriter.Write(writer, entry, asked);
                }
            }
        });
    }

    private Task GetEntry(HttpContext context)
    {
        var list = Lookup.List(context, simulation.Tenant);
        var asked = FieldSelection.Read(context, Lookup.Fields(context, list), simulation.Behavior);
        var entry = Lookup.Entry(context, list);
        var reply = JsonReply.Start();
        new EntryWriter(simulation.Tenant, simulation.Behavior, Call.Of(context).Version).Write(reply.Writer, entry, asked);
        return reply.Send(context, 200);
    }
}
