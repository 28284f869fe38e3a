using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Searching;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>
/// Searching the entries of a list, all companies and all persons. What is found is one order at one moment; a cursor is a position in it
/// and goes with the same body.
/// </summary>
internal sealed class SearchEndpoints(Simulation simulation)
{
    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("POST", "/v2/lists/{listId}/list-entries/search", SearchEntriesAsync)
        {
            Id = "searchListEntries",
            Summary = "The entries of a list that match filters and a term, in the order that is asked for.",
            Requires = Permissions.ExportLists,
            IsBeta = true,
            Query = [.. QueryParameter.Search(QueryParameter.FieldTypes), .. QueryParameter.Page()],
            Body = Shapes.SearchCriteria,
            IsBodyOptional = true,
            Success = StatusCodes.Status201Created,
            Answer = Shapes.CountedPageOf(Shapes.ListEntry),
        });
        MapEntities(api, EntityKind.Companies);
        MapEntities(api, EntityKind.Persons);
    }

    private void MapEntities(ApiRoutes api, EntityKind kind) =>
        api.Map(new Operation("POST", $"{kind.Path}/search", context => SearchEntitiesAsync(context, kind))
        {
            Id = $"search{kind.OperationName}",
            Summary = $"All of kind {kind.Noun} that match filters and a term, in the order that is asked for.",
            Requires = kind.Directory,
            IsBeta = true,
            Query = [.. QueryParameter.Search(QueryParameter.EntityFieldTypes), .. QueryParameter.Page()],
            Body = Shapes.SearchCriteria,
            IsBodyOptional = true,
            Success = StatusCodes.Status201Created,
            Answer = Shapes.CountedPageOf(kind.Shape),
        });

    private async Task SearchEntriesAsync(HttpContext context)
    {
        var criteria = await ReadAsync(context);
        var list = Lookup.List(context, simulation.Tenant);
        var asked = ReadSelection(context, Lookup.Fields(context, list), allowsList: true);
        var search = Bind(context, criteria, list.FindField);
        var rows = search.Run(list.Entries.Select(entry => new SearchRow(entry, entry.Entity)));
        var entryWriter = new EntryWriter(simulation.Tenant, simulation.Behavior, Call.Of(context).Version);
        await Send(context, rows, (writer, row) => entryWriter.Write(writer, row.Entry!, asked));
    }

    private async Task SearchEntitiesAsync(HttpContext context, EntityKind kind)
    {
        var criteria = await ReadAsync(context);
        var asked = ReadSelection(context, Lookup.Fields(context, simulation.Tenant, kind), allowsList: false);
        var search = Bind(context, criteria, simulation.Tenant.EntityFields(kind.Type).Find);
        var rows = search.Run(simulation.Tenant.EntitiesById(kind.Type).Items.Select(entity => new SearchRow(null, entity)));
        var entityWriter = new EntityWriter(simulation.Tenant, simulation.Behavior);
        await Send(context, rows, (writer, row) => entityWriter.Write(writer, row.Entity, asked));
    }

    private async Task<SearchCriteria> ReadAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadOptionalAsync(context);
        return SearchBody.Read(body.Json, Call.Of(context).Version, simulation.Behavior.SearchTakesUnknownProperties);
    }

    /// <summary>Rows of a search show <c>fields: []</c> when no values are asked for, unlike those of other pages.</summary>
    private Field[] ReadSelection(HttpContext context, Field[] fields, bool allowsList) =>
        FieldSelection.Read(context, fields, simulation.Behavior, allowsList: allowsList, both: BothFieldSelections.Refused) ?? [];

    private Search Bind(HttpContext context, SearchCriteria criteria, Func<string, Field?> findField)
    {
        var version = Call.Of(context).Version;
        var surroundings = new SearchContext(
            simulation.Tenant, simulation.Time.GetUtcNow(), simulation.Behavior, Redacts: version > ApiVersion.V20240101);
        return SearchBinding.Bind(criteria, id => findField(id) is { } field && version.Shows(field) ? field : null, surroundings);
    }

    private Task Send(HttpContext context, SearchRow[] rows, Action<Utf8JsonWriter, SearchRow> write)
    {
        var page = Page.Of(PageRequest.Of(context), rows.Length);
        var isCounted = TotalCount.IsAsked(context) && simulation.Behavior.SearchReturnsTotalCount;
        return Collection.Send(
            context, page,
            writer =>
            {
                foreach (var row in rows.AsSpan(page.Start, page.Length))
                {
                    write(writer, row);
                }
            },
            StatusCodes.Status201Created, isCounted ? rows.Length : null);
    }
}
