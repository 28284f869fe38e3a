using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Writing;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Making, changing and deleting the options of a list's own dropdown fields. Those of global fields can be read only.</summary>
internal sealed class DropdownOptionEndpoints(Simulation simulation)
{
    private const string All = "/v2/lists/{listId}/fields/{fieldId}/dropdown-options";
    private const string One = $"{All}/{{dropdownOptionId}}";

    private readonly OptionWrites _writes = new(simulation);

    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("POST", All, CreateAsync)
        {
            Id = "createDropdownOption",
            Summary = "Makes an option.",
            Body = Shapes.NewDropdownOption,
            Success = StatusCodes.Status201Created,
            Answer = Shapes.DropdownOption,
        });
        api.Map(new Operation("GET", One, Get)
        {
            Id = "getDropdownOption",
            Summary = "One option.",
            Answer = Shapes.DropdownOption,
        });
        api.Map(new Operation("POST", One, UpdateAsync)
        {
            Id = "updateDropdownOption",
            Summary = "Changes what is given of an option.",
            Body = Shapes.DropdownOptionUpdate,
            Success = StatusCodes.Status204NoContent,
        });
        api.Map(new Operation("DELETE", One, Delete)
        {
            Id = "deleteDropdownOption",
            Summary = "Deletes an option, and its value on every row.",
            Success = StatusCodes.Status204NoContent,
        });
    }

    private async Task CreateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, Shapes.NewDropdownOption);
        var field = WritableField(context);
        OptionRules.CheckKind(field, body);
        var option = simulation.Tenant.AddOption(field, OptionRules.Changed(new DropdownOption(0, "") { Rank = field.Options.Count }, body));
        var reply = JsonReply.Start();
        OptionWriter.WriteOption(reply.Writer, field, option, Call.Of(context).Version);
        await reply.Send(context, 201);
    }

    private Task Get(HttpContext context)
    {
        var field = DropdownField(context);
        var reply = JsonReply.Start();
        OptionWriter.WriteOption(reply.Writer, field, Option(context, field), Call.Of(context).Version);
        return reply.Send(context, 200);
    }

    private async Task UpdateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, Shapes.DropdownOptionUpdate);
        var field = WritableField(context);
        OptionRules.CheckParts(field, body);
        field.ReplaceOption(Option(context, field).Id, option => OptionRules.Changed(option, body));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task Delete(HttpContext context)
    {
        var field = WritableField(context);
        _writes.Delete(field, Option(context, field).Id, Call.Of(context).Key.User.Id);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Field WritableField(HttpContext context)
    {
        var field = DropdownField(context);
        return field.Type == FieldType.List ? field : throw ApiException.Invalid("fieldId", $"Field {field.Id} is no field of the list: its options are read-only.");
    }

    private Field DropdownField(HttpContext context)
    {
        var field = Lookup.Field(context, Lookup.List(context, simulation.Tenant));
        return field.ValueType.HasOptions() ? field : throw ApiException.Invalid("fieldId", $"Field {field.Id} is not a dropdown field.");
    }

    private static DropdownOption Option(HttpContext context, Field field)
    {
        var id = Lookup.Id(context, "dropdownOptionId");
        return field.FindOption(id) ?? throw Lookup.NotFound("Dropdown option", id);
    }
}
