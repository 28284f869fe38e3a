using AffinityDurable.Simulator.Counting;
using AffinityDurable.Simulator.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Routes operations, each with its definition and the counter of its template.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, Counters counters)
{
    public static void MapAll(IEndpointRouteBuilder routes, Simulation simulation)
    {
        var api = new ApiRoutes(routes, simulation.Counters);
        new AccountEndpoints(simulation).Map(api);
        new ListEndpoints(simulation).Map(api);
        new FieldEndpoints(simulation).Map(api);
        new DropdownOptionEndpoints(simulation).Map(api);
        new ListEntryEndpoints(simulation).Map(api);
        new EntryCreationEndpoints(simulation).Map(api);
        new EntryFieldEndpoints(simulation).Map(api);
        new EntryWriteEndpoints(simulation).Map(api);
        new FieldValueChangeEndpoints(simulation).Map(api);
        new SearchEndpoints(simulation).Map(api);
        new SavedViewEndpoints(simulation).Map(api);
        foreach (var kind in new[] { EntityKind.Companies, EntityKind.Persons })
        {
            new EntityEndpoints(simulation, kind).Map(api);
            new EntityFieldEndpoints(simulation, kind).Map(api);
            new EntityWriteEndpoints(simulation, kind).Map(api);
        }

        new OrganizationEndpoints(simulation).Map(api);
        new WebhookEndpoints(simulation).Map(api);
    }

    public void Map(Operation operation) => routes.MapMethods(operation.Path, [operation.Method], operation.Handler)
        .WithMetadata(operation, counters.Endpoint(operation.Template, operation.SparesMonth));
}
