using System.Text.Json;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AffinityDurable.Simulator.Control;

/// <summary>The server from outside: its state, counters, limits, behavior, clock, faults and log.</summary>
internal sealed class ServerControl(Simulation simulation)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_sim/state", (RequestDelegate)GetState);
        routes.MapGet("/_sim/counters", (RequestDelegate)GetCounters);
        routes.MapDelete("/_sim/counters", (RequestDelegate)ResetCounters);
        routes.MapGet("/_sim/limits", (RequestDelegate)GetLimits);
        routes.MapPatch("/_sim/limits", (RequestDelegate)ChangeLimitsAsync);
        routes.MapGet("/_sim/behavior", (RequestDelegate)GetBehavior);
        routes.MapPut("/_sim/behavior", (RequestDelegate)SetBehaviorAsync);
        routes.MapGet("/_sim/clock", (RequestDelegate)GetClock);
        routes.MapPost("/_sim/clock", (RequestDelegate)AdvanceClockAsync);
        routes.MapGet("/_sim/faults", (RequestDelegate)GetFaults);
        routes.MapPost("/_sim/faults", (RequestDelegate)AddFaultAsync);
        routes.MapPatch("/_sim/faults", (RequestDelegate)ChangeFaultsAsync);
        routes.MapDelete("/_sim/faults", (RequestDelegate)ClearFaults);
        routes.MapGet("/_sim/log", (RequestDelegate)GetLog);
        routes.MapPut("/_sim/log", (RequestDelegate)SwitchLogAsync);
        routes.MapDelete("/_sim/log", (RequestDelegate)ClearLog);
    }

    private Task GetState(HttpContext context) => ControlJson.Send(context, new
    {
        Tenant = simulation.Tenant.Name,
        Users = simulation.Tenant.ApiKeys.Select(key => key.User).Distinct(),
        Keys = simulation.Tenant.ApiKeys.Select(key => new { key.Secret, UserId = key.User.Id, key.DefaultVersion }),
        Companies = simulation.Tenant.Companies.Count,
        Lists = simulation.Tenant.Lists.Select(list => new
        {
            list.Id, list.Name, Type = list.Type.WireName(), Entries = list.EntryCount, Fields = list.Fields.Count,
        }),
        Limits = LimitSettings.Of(simulation.Limits),
        Faults = FaultSettings.Of(simulation.Faults),
        simulation.Behavior,
        Clock = ClockSettings.Of(simulation.Time),
        simulation.Counters.Endpoints,
        Calls = simulation.Counters.Total,
    });

    private Task GetCounters(HttpContext context) => ControlJson.Send(context, new
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
        return ControlJson.Done(context);
    }

    private Task GetLimits(HttpContext context) => ControlJson.Send(context, LimitSettings.Of(simulation.Limits));

    private async Task ChangeLimitsAsync(HttpContext context)
    {
        var current = JsonSerializer.SerializeToNode(LimitSettings.Of(simulation.Limits), ControlJson.Options)!.AsObject();
        foreach (var (name, value) in await ControlJson.ReadAsync<JsonObject>(context))
        {
            current[name] = value?.DeepClone();
        }

        current.Deserialize<LimitSettings>(ControlJson.Options)!.ApplyTo(simulation.Limits);
        await GetLimits(context);
    }

    private Task GetBehavior(HttpContext context) => ControlJson.Send(context, simulation.Behavior);

    private async Task SetBehaviorAsync(HttpContext context)
    {
        simulation.Behavior.CopyFrom(await ControlJson.ReadAsync<SimulatedBehavior>(context));
        await GetBehavior(context);
    }

    private Task GetClock(HttpContext context) => ControlJson.Send(context, ClockSettings.Of(simulation.Time));

    private async Task AdvanceClockAsync(HttpContext context)
    {
        (await ControlJson.ReadAsync<ClockRequest>(context)).ApplyTo(simulation.Time);
        await GetClock(context);
    }

    private static ApiError ErrorOf(FaultProblem problem) => ApiError.Validation(FaultJson.NameOf(problem.Property), problem.Message);

    private Task GetFaults(HttpContext context) => ControlJson.Send(context, FaultSettings.Of(simulation.Faults));

    private async Task AddFaultAsync(HttpContext context)
    {
        var fault = (await ControlJson.ReadAsync<FaultJson>(context)).ToFault();
        ApiError[] problems = [.. simulation.Faults.Check(fault).Select(ErrorOf)];
        if (problems.Length > 0)
        {
            throw new ApiException(400, problems);
        }

        simulation.Faults.Add(fault);
        await GetFaults(context);
    }

    private async Task ChangeFaultsAsync(HttpContext context)
    {
        (await ControlJson.ReadAsync<FaultSwitches>(context)).ApplyTo(simulation.Faults);
        await GetFaults(context);
    }

    private Task ClearFaults(HttpContext context)
    {
        simulation.Faults.Clear();
        return ControlJson.Done(context);
    }

    private Task GetLog(HttpContext context) => ControlJson.Send(context, new { simulation.Log.IsOn, simulation.Log.Requests });

    private async Task SwitchLogAsync(HttpContext context)
    {
        simulation.Log.IsOn = (await ControlJson.ReadAsync<LogSwitch>(context)).IsOn;
        await ControlJson.Done(context);
    }

    private Task ClearLog(HttpContext context)
    {
        simulation.Log.Clear();
        return ControlJson.Done(context);
    }
}
