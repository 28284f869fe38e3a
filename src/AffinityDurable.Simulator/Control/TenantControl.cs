using System.Globalization;
using AffinityDurable.Simulator.Endpoints;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AffinityDurable.Simulator.Control;

/// <summary>The account from outside: snapshots, the way back to the start, single entries, human edits and merges.</summary>
internal sealed class TenantControl(Simulation simulation)
{
    private readonly FieldWrites _writes = new(simulation);
    private readonly EntryRemoval _removal = new(simulation);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_sim/seed", (RequestDelegate)GetSeed);
        routes.MapPut("/_sim/seed", (RequestDelegate)LoadSeedAsync);
        routes.MapPost("/_sim/reset", (RequestDelegate)ResetAsync);
        routes.MapGet("/_sim/entries/{entryId:long}", (RequestDelegate)GetEntry);
        routes.MapDelete("/_sim/entries/{entryId:long}", (RequestDelegate)DeleteEntry);
        routes.MapPut("/_sim/entries/{entryId:long}/fields/{fieldId}", (RequestDelegate)SetValueAsync);
        routes.MapPost("/_sim/companies/{companyId:long}/merge", (RequestDelegate)MergeAsync);
    }

    private Task GetSeed(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return SeedFile.SaveAsync(simulation.Tenant, context.Response.Body, context.RequestAborted);
    }

    private async Task LoadSeedAsync(HttpContext context)
    {
        // An account of 100,000 entries is far above what a server takes by default.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        simulation.Serve(await SeedFile.LoadAsync(context.Request.Body, context.RequestAborted));
        await ControlJson.Done(context);
    }

    private async Task ResetAsync(HttpContext context)
    {
        if (simulation.Start is null)
        {
            throw new ApiException(409, "This server did not keep how it started; KeepsStart of its options makes it do so.");
        }

        await simulation.ResetAsync(context.RequestAborted);
        await ControlJson.Done(context);
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

    private Task DeleteEntry(HttpContext context)
    {
        _removal.Remove(EntryOf(context));
        return ControlJson.Done(context);
    }

    /// <summary>
    /// A human edit: the body is that of a single field update, stored past limits and counters. The query may say <c>by</c> whom; else it
    /// is the first user.
    /// </summary>
    private async Task SetValueAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        var entry = EntryOf(context);
        var update = SingleReader.Read(body.Json.Span, Lookup.FieldId(context), UpdateSchema.OfEntries(simulation.Behavior));
        _writes.SetByHand(WriteTarget.Of(entry), update, EditorOf(context));
        await ControlJson.Done(context);
    }

    private async Task MergeAsync(HttpContext context)
    {
        var request = await ControlJson.ReadAsync<MergeRequest>(context);
        CompanyOf(long.Parse((string)context.Request.RouteValues["companyId"]!, CultureInfo.InvariantCulture))
            .MergeInto(CompanyOf(request.Into));
        await ControlJson.Done(context);
    }

    private long EditorOf(HttpContext context)
    {
        string? by = context.Request.Query["by"];
        if (by is null)
        {
            return simulation.Tenant.ApiKeys.FirstOrDefault()?.User.Id
                ?? throw new ApiException(400, "No user of the account holds a key: say by which user the edit is.");
        }

        return long.TryParse(by, CultureInfo.InvariantCulture, out var id) && simulation.Tenant.FindPerson(id) is { IsInternal: true }
            ? id
            : throw new ApiException(400, $"There is no user with the id {by}.");
    }

    private ListEntry EntryOf(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["entryId"]!;
        return simulation.Tenant.FindEntry(long.Parse(id, CultureInfo.InvariantCulture))
            ?? throw ApiException.NotFound("List entry", id);
    }

    private Company CompanyOf(long id) => simulation.Tenant.FindCompany(id) ?? throw new ApiException(404, $"Company {id} was not found.");
}
