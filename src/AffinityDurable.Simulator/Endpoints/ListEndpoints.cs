using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The lists themselves.</summary>
internal sealed class ListEndpoints(Simulation simulation)
{
    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("GET", "/v2/lists", GetLists)
        {
            Id = "getLists",
            Summary = "The lists that the user may see.",
            Query = [QueryParameter.Term, .. QueryParameter.Page()],
            Answer = Shape.PageOf(Shapes.List),
        });
        api.Map(new Operation("GET", "/v2/lists/{listId}", GetList)
        {
            Id = "getList",
            Summary = "One list.",
            Answer = Shapes.List,
        });
    }

    private Task GetLists(HttpContext context)
    {
        string? term = context.Request.Query["term"];
        var user = Call.Of(context).Key.User;
        var lists = simulation.Tenant.Lists
            .Where(list => list.IsVisibleTo(user))
            .Where(list => term is null || list.Name.Contains(term, StringComparison.OrdinalIgnoreCase)).ToArray();
        return Collection.Send(context, lists, FieldWriter.WriteList);
    }

    private Task GetList(HttpContext context)
    {
        var list = Lookup.List(context, simulation.Tenant);
        var reply = JsonReply.Start();
        FieldWriter.WriteList(reply.Writer, list);
        return reply.Send(context, 200);
    }
}
