using System.Text.Json;
using System.Text.Json.Serialization;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AffinityDurable.Simulator.Control;

/// <summary>The control API: what tests and other programs do to a running server from outside.</summary>
internal sealed class ControlRoutes(Simulation simulation)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static void MapAll(IEndpointRouteBuilder routes, Simulation simulation)
    {
        var control = new ControlRoutes(simulation);
        routes.MapGet("/_sim/state", (RequestDelegate)control.GetState);
        routes.MapGet("/_sim/counters", (RequestDelegate)control.GetCounters);
        routes.MapDelete("/_sim/counters", (RequestDelegate)control.ResetCounters);
        routes.MapGet("/_sim/limits", (RequestDelegate)control.GetLimits);
        routes.MapPatch("/_sim/limits", (RequestDelegate)control.ChangeLimitsAsync);
        routes.MapGet("/_sim/behavior", (RequestDelegate)control.GetBehavior);
        routes.MapPut("/_sim/behavior", (RequestDelegate)control.SetBehaviorAsync);
        routes.MapGet("/_sim/faults", (RequestDelegate)control.GetFaults);
        routes.MapPost("/_sim/faults", (RequestDelegate)control.AddFaultAsync);
        routes.MapPatch("/_sim/faults", (RequestDelegate)control.ChangeFaultsAsync);
        routes.MapDelete("/_sim/faults", (RequestDelegate)control.ClearFaults);
        routes.MapGet("/_sim/log", (RequestDelegate)control.GetLog);
        routes.MapPut("/_sim/log", (RequestDelegate)control.SwitchLogAsync);
        routes.MapDelete("/_sim/log", (RequestDelegate)control.ClearLog);
        routes.MapGet("/_sim/seed", (RequestDelegate)control.GetSeed);
        routes.MapGet("/_sim/entries/{entryId:long}", (RequestDelegate)control.GetEntry);
        routes.MapPut("/_sim/entries/{entryId:long}/fields/{fieldId}", (RequestDelegate)control.SetValueAsync);
        routes.MapPost("/_sim/companies/{companyId:long}/merge", (RequestDelegate)control.MergeAsync);
    }

    private Task GetState(HttpContext context) => Send(context, new
    {
        Tenant = simulation.Tenant.Name,
        Users = simulation.Tenant.ApiKeys.Select(key => key.User).Distinct(),
        Companies = simulation.Tenant.Companies.Count,
        Lists = simulation.Tenant.Lists.Select(list => new
        {
            list.Id, list.Name, Type = list.Type.WireName(), Entries = list.EntryCount, Fields = list.Fields.Count,
        }),
        Limits = LimitSettings.Of(simulation.Limits),
        Faults = FaultSettings.Of(simulation.Faults),
        simulation.Behavior,
        Calls = simulation.Counters.Total,
    });

    private Task GetCounters(HttpContext context) => Send(context, new
    {
        simulation.Counters.Total,
        simulation.Counters.PatchCalls,
        simulation.Counters.AcceptedPatches,
        simulation.Counters.StoredUpdates,
        Endpoints = simulation.Counters.Snapshot(),
    });

    private Task ResetCounters(HttpContext context)
    {
        simulation.Counters.Reset();
        return Done(context);
    }

    private Task GetLimits(HttpContext context) => Send(context, LimitSettings.Of(simulation.Limits));

    private async Task ChangeLimitsAsync(HttpContext context)
    {
        var current = JsonSerializer.SerializeToNode(LimitSettings.Of(simulation.Limits), Json)!.AsObject();
        foreach (var (name, value) in await ReadAsync<System.Text.Json.Nodes.JsonObject>(context))
        {
            current[name] = value?.DeepClone();
        }

        current.Deserialize<LimitSettings>(Json)!.ApplyTo(simulation.Limits);
        await GetLimits(context);
    }

    private Task GetBehavior(HttpContext context) => Send(context, simulation.Behavior);

    private async Task SetBehaviorAsync(HttpContext context)
    {
        simulation.Behavior.CopyFrom(await ReadAsync<SimulatedBehavior>(context));
        await GetBehavior(context);
    }

    private Task GetFaults(HttpContext context) => Send(context, FaultSettings.Of(simulation.Faults));

    private async Task AddFaultAsync(HttpContext context)
    {
        simulation.Faults.Add((await ReadAsync<FaultRequest>(context)).ToFault());
        await GetFaults(context);
    }

    private async Task ChangeFaultsAsync(HttpContext context)
    {
        (await ReadAsync<FaultSwitches>(context)).ApplyTo(simulation.Faults);
        await GetFaults(context);
    }

    private Task ClearFaults(HttpContext context)
    {
        simulation.Faults.Clear();
        return Done(context);
    }

    private Task GetLog(HttpContext context) => Send(context, new { simulation.Log.IsOn, simulation.Log.Requests });

    private async Task SwitchLogAsync(HttpContext context)
    {
        simulation.Log.IsOn = (await ReadAsync<LogSwitch>(context)).IsOn;
        await Done(context);
    }

    private Task ClearLog(HttpContext context)
    {
        simulation.Log.Clear();
        return Done(context);
    }

    private Task GetSeed(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return SeedFile.SaveAsync(simulation.Tenant, context.Response.Body, context.RequestAborted);
    }

    private Task GetEntry(HttpContext context)
    {
        var entry = EntryOf(context);
        return Send(context, new
        {
            entry.Id, ListId = entry.List.Id, EntityId = entry.Entity.Id, entry.AcceptedPatches, entry.IsRestricted,
            MergedInto = entry.Entity.MergedInto?.Id,
        });
    }

    /// <summary>A human edit: the body is that of a single field update, stored past limits and counters.</summary>
    private async Task SetValueAsync(HttpContext context)
    {
        using var body = await Endpoints.RequestBody.ReadAsync(context);
        var entry = EntryOf(context);
        var update = BatchReader.ReadSingle(body.Json.Span, Endpoints.Lookup.FieldId(context));
        var (field, value) = new UpdateRules(simulation.Tenant, simulation.Behavior, redacts: false).Check(entry, update);
        entry[field] = value;
        await Done(context);
    }

    private async Task MergeAsync(HttpContext context)
    {
        var request = await ReadAsync<MergeRequest>(context);
        CompanyOf(long.Parse((string)context.Request.RouteValues["companyId"]!, System.Globalization.CultureInfo.InvariantCulture))
            .MergeInto(CompanyOf(request.Into));
        await Done(context);
    }

    private ListEntry EntryOf(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["entryId"]!;
        return simulation.Tenant.FindEntry(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture))
            ?? throw ApiException.NotFound("List entry", id);
    }

    private Company CompanyOf(long id) => simulation.Tenant.FindCompany(id) ?? throw new ApiException(404, $"Company {id} was not found.");

    private static async Task<T> ReadAsync<T>(HttpContext context) =>
        await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json, context.RequestAborted)
        ?? throw new ApiException(400, "The body is empty.");

    private static Task Send<T>(HttpContext context, T answer) => context.Response.WriteAsJsonAsync(answer, Json, context.RequestAborted);

    private static Task Done(HttpContext context)
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
