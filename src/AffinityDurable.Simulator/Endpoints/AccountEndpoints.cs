using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Limits;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary><c>whoami</c> and <c>rate-limit</c>, the two that cost nothing of the month.</summary>
internal sealed class AccountEndpoints(Simulation simulation)
{
    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("GET", "/v2/auth/whoami", WhoAmI)
        {
            Id = "getWhoAmI",
            Summary = "The account, the user and the key of the caller.",
            SparesMonth = true,
            Answer = Shapes.WhoAmI,
        });
        api.Map(new Operation("GET", "/v2/rate-limit", RateLimit)
        {
            Id = "getRateLimit",
            Summary = "What is left of the limits.",
            Since = ApiVersion.V20260715,
            IsBeta = true,
            SparesMonth = true,
            Answer = Shapes.RateLimit,
        });
    }

    private Task WhoAmI(HttpContext context)
    {
        var key = Call.Of(context).Key;
        var reply = JsonReply.Start();
        var writer = reply.Writer;
        writer.WriteStartObject();
        WriteTenant(writer, simulation.Tenant);
        WriteUser(writer, key.User);
        writer.WriteStartObject("grant"u8);
        writer.WriteString(Names.Type, "api-key"u8);
        writer.WriteStartArray("scopes"u8);
        writer.WriteStringValue("api"u8);
        writer.WriteEndArray();
        writer.WriteString(Names.CreatedAt, key.CreatedAt.UtcDateTime);
        writer.WriteEndObject();
        writer.WriteEndObject();
        return reply.Send(context, 200);
    }

    private Task RateLimit(HttpContext context)
    {
        var use = simulation.Limits.Peek(Call.Of(context).Key);
        var reply = JsonReply.Start();
        var writer = reply.Writer;
        writer.WriteStartObject();
        WriteUse(writer, "callerPerMinute", use.Minute);
        if (use.Month is { } month)
        {
            WriteUse(writer, "orgPerMonth", month);
        }

        writer.WriteEndObject();
        return reply.Send(context, 200);
    }

    private static void WriteTenant(Utf8JsonWriter writer, Tenant tenant)
    {
        writer.WriteStartObject("tenant"u8);
        writer.WriteNumber(Names.Id, tenant.Id);
        writer.WriteString(Names.Name, tenant.Name);
        writer.WriteString("subdomain"u8, tenant.Subdomain);
        writer.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter writer, User user)
    {
        writer.WriteStartObject("user"u8);
        writer.WriteNumber(Names.Id, user.Id);
        writer.WriteString("firstName"u8, user.FirstName);
        writer.WriteString("lastName"u8, user.LastName);
        writer.WriteString("emailAddress"u8, user.EmailAddress);
        writer.WriteEndObject();
    }

    private static void WriteUse(Utf8JsonWriter writer, string name, LimitUse use)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("limit"u8, use.Limit);
        writer.WriteNumber("remaining"u8, use.Remaining);
        writer.WriteNumber("reset"u8, use.Reset);
        writer.WriteNumber("used"u8, use.Used);
        writer.WriteEndObject();
    }
}
