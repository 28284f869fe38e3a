using System.Globalization;
using AffinityDurable.Simulator.Endpoints;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AffinityDurable.Simulator.Control;

/// <summary>The account from outside: snapshots, single entries, human edits and merges.</summary>
internal sealed class TenantControl(Simulation simulation)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_sim/seed", (RequestDelegate)GetSeed);
        routes.MapGet("/_sim/entries/{entryId:long}", (RequestDelegate)GetEntry);
        routes.MapPut("/_sim/entries/{entryId:long}/fields/{fieldId}", (RequestDelegate)SetValueAsync);
        routes.MapPost("/_sim/companies/{companyId:long}/merge", (RequestDelegate)MergeAsync);
    }

    private Task GetSeed(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return SeedFile.SaveAsync(simulation.Tenant, context.Response.Body, context.RequestAborted);
    }

    private Task GetEntry(HttpContext context)
    {
        var entry = EntryOf(context);
        return ControlJson.Send(context, new
        {
            entry.Id, ListId = entry.List.Id, EntityId = entry.Entity.Id, entry.AcceptedPatches, entry.IsRestricted,
            MergedInto = entry.Entity.MergedInto?.Id,
        });
    }

    /// <summary>A human edit: the body is that of a single field update, stored past limits and counters.</summary>
    private async Task SetValueAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        var entry = EntryOf(context);
        var update = SingleReader.Read(body.Json.Span, Lookup.FieldId(context));
        var (field, value) = new UpdateRules(simulation.Tenant, simulation.Behavior, redacts: false).Check(entry, update);
        entry[field] = value;
        await ControlJson.Done(context);
    }

    private async Task MergeAsync(HttpContext context)
    {
        var request = await ControlJson.ReadAsync<MergeRequest>(context);
        CompanyOf(long.Parse((string)context.Request.RouteValues["companyId"]!, CultureInfo.InvariantCulture))
            .MergeInto(CompanyOf(request.Into));
        await ControlJson.Done(context);
    }

    private ListEntry EntryOf(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["entryId"]!;
        return simulation.Tenant.FindEntry(long.Parse(id, CultureInfo.InvariantCulture))
            ?? throw ApiException.NotFound("List entry", id);
    }

    private Company CompanyOf(long id) => simulation.Tenant.FindCompany(id) ?? throw new ApiException(404, $"Company {id} was not found.");
}
