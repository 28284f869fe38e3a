using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The fields a list shows, and the options of its dropdowns.</summary>
internal sealed class FieldEndpoints(Simulation simulation)
{
    private static readonly string[] Capabilities = ["filterability", "sortability"];

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

    private Task GetFields(HttpContext context)
    {
        var list = Lookup.List(context, simulation.Tenant);
        var query = context.Request.Query;
        string[] includes = [.. query["includes"].OfType<string>().Distinct(StringComparer.Ordinal)];
        if (includes.Except(Capabilities, StringComparer.Ordinal).Any())
        {
            throw ApiException.Invalid("includes", "value at `/0` is not one of: [\"filterability\", \"sortability\"]");
        }

        var fields = NameFilter.Apply(list.FieldsById, query["filter"], simulation.Behavior.NameFilterIgnoresCase);
        return Collection.Send(context, fields, (writer, field) => FieldWriter.WriteMetadata(writer, field, includes));
    }

    private Task GetOptions(HttpContext context)
    {
        var field = Lookup.Field(context, Lookup.List(context, simulation.Tenant));
        if (!field.ValueType.HasOptions())
        {
            throw ApiException.Invalid("fieldId", $"Field {field.Id} is not a dropdown field.");
        }

        var version = Call.Of(context).Version;
        return Collection.Send(context, field.Options, (writer, option) => OptionWriter.WriteOption(writer, field, option, version));
    }
}
