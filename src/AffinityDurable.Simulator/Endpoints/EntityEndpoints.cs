using System.Globalization;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Companies or persons as a whole, one of them, the lists it is on, and its entries on them.</summary>
internal sealed class EntityEndpoints(Simulation simulation, EntityKind kind)
{
    public void Map(ApiRoutes api)
    {
        QueryParameter[] selection = [QueryParameter.FieldIds, QueryParameter.EntityFieldTypes];
        api.Map(new Operation("GET", kind.Path, GetPage)
        {
            Id = $"get{kind.OperationName}Page",
            Summary = $"All of kind {kind.Noun}, or those with the given ids, with the values that are asked for.",
            Requires = kind.Directory,
            Query = [QueryParameter.Ids, .. selection, .. QueryParameter.Page()],
            Answer = Shape.PageOf(kind.Shape),
        });
        api.Map(new Operation("GET", kind.OnePath, GetOne)
        {
            Id = $"get{kind.OperationName}",
            Summary = $"One {kind.Noun}, with the values that are asked for.",
            Query = selection,
            Answer = kind.Shape,
        });
        api.Map(new Operation("GET", $"{kind.OnePath}/lists", GetLists)
        {
            Id = $"get{kind.OperationName}Lists",
            Summary = $"The lists that a {kind.Noun} is on.",
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.List),
        });
        api.Map(new Operation("GET", $"{kind.OnePath}/list-entries", GetEntries)
        {
            Id = $"get{kind.OperationName}ListEntries",
            Summary = $"The entries of a {kind.Noun} on all lists, with all their values.",
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.EntityListEntry),
        });
    }

    private Task GetPage(HttpContext context)
    {
        var tenant = simulation.Tenant;
        var asked = FieldSelection.Read(context, Lookup.Fields(context, tenant, kind), simulation.Behavior, allowsList: false);
        var entities = context.Request.Query.ContainsKey("ids") ? Wanted(context) : tenant.EntitiesById(kind.Type).Items;
        var page = Page.ById<Entity>(PageRequest.Of(context), entities);
        var entityWriter = new EntityWriter(tenant, simulation.Behavior);
        return Collection.Send(context, page, writer =>
        {
            foreach (var entity in entities[page.Start..page.End])
            {
                if (entity.MergedInto is null)
                {
                    entityWriter.Write(writer, entity, asked);
                }
            }
        });
    }

    private Task GetOne(HttpContext context)
    {
        var asked = FieldSelection.Read(context, Lookup.Fields(context, simulation.Tenant, kind), simulation.Behavior, allowsList: false);
        var entity = Lookup.Entity(context, simulation.Tenant, kind);
        var reply = JsonReply.Start();
        new EntityWriter(simulation.Tenant, simulation.Behavior).Write(reply.Writer, entity, asked);
        return reply.Send(context, 200);
    }

    private Task GetLists(HttpContext context)
    {
        var entries = Lookup.Entity(context, simulation.Tenant, kind).Entries;
        var lists = entries.Select(entry => entry.List).Distinct().Where(list => list.IsVisibleTo(Call.Of(context).Key.User));
        return Collection.Send(context, [.. lists.OrderBy(list => list.Id)], FieldWriter.WriteList);
    }

    private Task GetEntries(HttpContext context)
    {
        var call = Call.Of(context);
        var entries = Lookup.Entity(context, simulation.Tenant, kind).Entries.Where(entry => entry.List.IsVisibleTo(call.Key.User)).ToArray();
        var entryWriter = new EntryWriter(simulation.Tenant, simulation.Behavior, call.Version);
        return Collection.Send(context, entries, entryWriter.WriteOfEntity);
    }

    /// <summary>Those of the ids that exist; what becomes of others is not documented.</summary>
    private ArraySegment<Entity> Wanted(HttpContext context)
    {
        var found = new SortedDictionary<long, Entity>();
        foreach (var text in context.Request.Query["ids"])
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                throw ApiException.Invalid("ids", "value at root is not an integer");
            }

            if (simulation.Tenant.FindEntity(kind.Type, id) is { } entity)
            {
                found[id] = entity;
            }
            else if (simulation.Behavior.UnknownIdsRefused)
            {
                throw ApiException.NotFound(kind.OperationName, text);
            }
        }

        return found.Values.ToArray();
    }
}
