using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The fields of all companies or persons, and their values of one of them.</summary>
internal sealed class EntityFieldEndpoints(Simulation simulation, EntityKind kind)
{
    private const int DefaultLimit = 20;

    public void Map(ApiRoutes api)
    {
        MapMetadata(api);
        MapValues(api);
    }

    private void MapMetadata(ApiRoutes api)
    {
        api.Map(new Operation("GET", $"{kind.Path}/fields", GetMetadata)
        {
            Id = $"get{kind.OperationName}FieldMetadata",
            Summary = $"The fields that every {kind.Noun} has.",
            Query = [.. QueryParameter.Metadata, .. QueryParameter.Page()],
            Answer = Shape.PageOf(Shapes.FieldMetadata),
        });
        api.Map(new Operation("GET", $"{kind.Path}/fields/{{fieldId}}/dropdown-options", GetOptions)
        {
            Id = $"get{kind.OperationName}DropdownOptions",
            Summary = "The options of a dropdown field.",
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.DropdownOption),
        });
    }

    private void MapValues(ApiRoutes api)
    {
        api.Map(new Operation("GET", $"{kind.OnePath}/fields", GetFields)
        {
            Id = $"get{kind.OperationName}Fields",
            Summary = $"All values of a {kind.Noun}, or those that are asked for by id or by type.",
            IsBeta = true,
            Query = [.. QueryParameter.EntitySelection, .. QueryParameter.Page(DefaultLimit)],
            Answer = Shape.PageOf(Shapes.Field),
        });
        api.Map(new Operation("GET", $"{kind.OnePath}/fields/{{fieldId}}", GetField)
        {
            Id = $"get{kind.OperationName}Field",
            Summary = $"One value of a {kind.Noun}.",
            IsBeta = true,
            Answer = Shapes.Field,
        });
        api.Map(new Operation("GET", $"{kind.OnePath}/fields/{{fieldId}}/values", GetValues)
        {
            Id = $"get{kind.OperationName}FieldValues",
            Summary = "The items of a multi-value, also those beyond the first hundred.",
            Since = ApiVersion.V20260917,
            IsBeta = true,
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.ValueItem),
        });
    }

    private Task GetMetadata(HttpContext context) =>
        FieldMetadata.Send(context, Lookup.Fields(context, simulation.Tenant, kind), simulation.Behavior);

    private Task GetOptions(HttpContext context)
    {
        if (!FieldIds.IsWellFormed(Lookup.FieldId(context)))
        {
            throw ApiException.Invalid("fieldId", "The field id is malformed.");
        }

        return FieldMetadata.SendOptions(context, Field(context), simulation.Behavior);
    }

    private Task GetFields(HttpContext context)
    {
        var query = context.Request.Query;
        if (query.ContainsKey("ids") && query.ContainsKey("types"))
        {
            throw ApiException.Invalid("types", "ids and types exclude each other.");
        }

        var all = Lookup.Fields(context, simulation.Tenant, kind);
        var fields = FieldSelection.Read(context, all, simulation.Behavior, "ids", "types", allowsList: false) ?? all;
        var entity = Lookup.Entity(context, simulation.Tenant, kind);
        var page = Page.Of(PageRequest.Of(context, DefaultLimit), fields.Length);
        var entityWriter = new EntityWriter(simulation.Tenant, simulation.Behavior);
        return Collection.Send(context, page, writer => entityWriter.WriteFields(writer, entity, fields.AsSpan(page.Start, page.Length)));
    }

    private Task GetField(HttpContext context)
    {
        var entity = Lookup.Entity(context, simulation.Tenant, kind);
        var field = Field(context);
        var reply = JsonReply.Start();
        new EntityWriter(simulation.Tenant, simulation.Behavior).WriteFields(reply.Writer, entity, [field]);
        return reply.Send(context, 200);
    }

    private Task GetValues(HttpContext context)
    {
        var entity = Lookup.Entity(context, simulation.Tenant, kind);
        var field = Field(context);
        return MultiValues.Send(context, simulation.Tenant, field, () => entity[field]);
    }

    private Field Field(HttpContext context) => Lookup.Field(context, simulation.Tenant, kind);
}
