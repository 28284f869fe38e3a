using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Writing;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Puts a company or person onto a list; no values can come with it.</summary>
internal sealed class EntryCreationEndpoints(Simulation simulation)
{
    private readonly EntryCreation _creation = new(simulation);

    public void Map(ApiRoutes api) => api.Map(new Operation("POST", "/v2/lists/{listId}/list-entries", CreateAsync)
    {
        Id = "createListEntry",
        Summary = "Puts a company or person onto a list. The same one may be on it more than once.",
        IsBeta = true,
        Body = Shapes.NewListEntry,
        Success = StatusCodes.Status201Created,
        Answer = Shapes.ListEntry,
    });

    private async Task CreateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, Shapes.NewListEntry);
        var list = Lookup.List(context, simulation.Tenant);
        var call = Call.Of(context);
        var entry = _creation.Create(
            list, body.GetProperty("entity").GetProperty("id").GetInt64(), Creator(body) ?? call.Key.User.Id);
        var reply = JsonReply.Start();
        new EntryWriter(simulation.Tenant, simulation.Behavior, call.Version).Write(reply.Writer, entry, asked: []);
        await reply.Send(context, 201);
    }

    private long? Creator(JsonElement body)
    {
        if (!body.TryGetProperty("creatorId", out var given))
        {
            return null;
        }

        var id = given.GetInt64();
        return simulation.Tenant.FindPerson(id) is { IsInternal: true }
            ? id
            : throw ApiException.Invalid("/creatorId", $"There is no user with the id {id}.");
    }
}
