using AffinityDurable.Simulator.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>Who calls and under which version; set by the gateway before any endpoint runs.</summary>
internal sealed record Call(ApiKey Key, ApiVersion Version)
{
    public static Call Of(HttpContext context) => context.Features.GetRequiredFeature<Call>();
}
