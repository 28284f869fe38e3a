using AffinityDurable.Simulator.Counting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Maps the endpoints, each with the counter of its template.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, Counters counters)
{
    public static void MapAll(IEndpointRouteBuilder routes, Simulation simulation)
    {
        var api = new ApiRoutes(routes, simulation.Counters);
        new AccountEndpoints(simulation).Map(api);
        new ListEndpoints(simulation).Map(api);
        new FieldEndpoints(simulation).Map(api);
        new ListEntryEndpoints(simulation).Map(api);
        new EntryFieldEndpoints(simulation).Map(api);
        new EntryWriteEndpoints(simulation).Map(api);
        new CompanyEndpoints(simulation).Map(api);
    }

    public void Get(string pattern, RequestDelegate answer, bool sparesMonth = false) => Map("GET", pattern, answer, sparesMonth);

    public void Post(string pattern, RequestDelegate answer) => Map("POST", pattern, answer);

    public void Patch(string pattern, RequestDelegate answer) => Map("PATCH", pattern, answer);

    private void Map(string verb, string pattern, RequestDelegate answer, bool sparesMonth = false) =>
        routes.MapMethods(pattern, [verb], answer).WithMetadata(counters.Endpoint($"{verb} {pattern}", sparesMonth));
}
