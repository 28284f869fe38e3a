using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>The account: who calls, and what is left of its limits.</summary>
internal static partial class Shapes
{
    public static OpenApiSchemaReference WhoAmI => Component("WhoAmI", Object(
        ("tenant", Object(("id", Id), ("name", Text), ("subdomain", Text))),
        ("user", Object(("id", Id), ("firstName", Text), ("lastName", OrNull(Text)), ("emailAddress", Text))),
        ("grant", Object(("type", OneOf("api-key", "access-token")), ("scopes", Array(Text)), ("createdAt", Instant)))));

    public static OpenApiSchemaReference RateLimit => Component("RateLimit", Object(("callerPerMinute", Use), ("orgPerMonth?", Use)));

    private static OpenApiSchema Use => Object(("limit", Count), ("remaining", Count), ("reset", Count), ("used", Count));
}
