using AffinityDurable.Simulator.OpenApi;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The fields a list shows, and the options of its dropdowns.</summary>
internal sealed class FieldEndpoints(Simulation simulation)
{
    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("GET", "/v2/lists/{listId}/fields", GetFields)
        {
            Id = "getListFields",
            Summary = "The fields of a list and of the companies or persons on it.",
            Query = [.. QueryParameter.Metadata, .. QueryParameter.Page()],
            Answer = Shape.PageOf(Shapes.FieldMetadata),
        });
        api.Map(new Operation("GET", "/v2/lists/{listId}/fields/{fieldId}/dropdown-options", GetOptions)
        {
            Id = "getDropdownOptions",
            Summary = "The options of a dropdown field.",
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.DropdownOption),
        });
    }

    private Task GetFields(HttpContext context) =>
        FieldMetadata.Send(context, Lookup.Fields(context, Lookup.List(context, simulation.Tenant)), simulation.Behavior);

    private Task GetOptions(HttpContext context) =>
        FieldMetadata.SendOptions(context, Lookup.Field(context, Lookup.List(context, simulation.Tenant)), simulation.Behavior);
}
