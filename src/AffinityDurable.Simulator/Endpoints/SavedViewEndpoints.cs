using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Searching;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The saved views of a list. Entries of a view come filtered, with the values of its columns and no others.</summary>
internal sealed class SavedViewEndpoints(Simulation simulation)
{
    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("GET", "/v2/lists/{listId}/saved-views", GetViews)
        {
            Id = "getSavedViews",
            Summary = "The saved views of a list.",
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.SavedView),
        });
        api.Map(new Operation("GET", "/v2/lists/{listId}/saved-views/{viewId}", GetView)
        {
            Id = "getSavedView",
            Summary = "One saved view.",
            Answer = Shapes.SavedView,
        });
        api.Map(new Operation("GET", "/v2/lists/{listId}/saved-views/{viewId}/list-entries", GetEntries)
        {
            Id = "getSavedViewListEntries",
            Summary = "The entries that a sheet shows, with the values of its columns.",
            Requires = Permissions.ExportLists,
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.ListEntry),
        });
    }

    private Task GetViews(HttpContext context) =>
        Collection.Send(context, Lookup.List(context, simulation.Tenant).SavedViews, SavedViewWriter.Write);

    private Task GetView(HttpContext context)
    {
        var view = Lookup.SavedView(context, Lookup.List(context, simulation.Tenant));
        var reply = JsonReply.Start();
        SavedViewWriter.Write(reply.Writer, view);
        return reply.Send(context, 200);
    }

    private Task GetEntries(HttpContext context)
    {
        var list = Lookup.List(context, simulation.Tenant);
        var view = Lookup.SavedView(context, list);
        if (view.Type != SavedViewType.Sheet)
        {
            throw ApiException.Invalid("viewId", $"Saved view {view.Id} is a {view.Type.WireName()}; only sheets have list entries.");
        }

        var version = Call.Of(context).Version;
        var columns = version.Shown(SavedViewRows.Columns(list, view));
        var entries = SavedViewRows.Of(list, view, new SearchContext(
            simulation.Tenant, simulation.Time.GetUtcNow(), simulation.Behavior, Redacts: version > ApiVersion.V20240101));
        var page = Page.ById<ListEntry>(PageRequest.Of(context), entries);
        var entryWriter = new EntryWriter(simulation.Tenant, simulation.Behavior, version);
        return Collection.Send(context, page, writer =>
        {
            foreach (var entry in entries.AsSpan(page.Start, page.Length))
            {
                entryWriter.Write(writer, entry, columns);
            }
        });
    }
}
