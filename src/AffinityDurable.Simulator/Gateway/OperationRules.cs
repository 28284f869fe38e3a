using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>What the definition of an endpoint asks of every request: a version that has it, and a key that may use it.</summary>
internal static class OperationRules
{
    /// <exception cref="ApiException">404: the version does not have it. 403: the key may not use it.</exception>
    public static void Check(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Operation>() is not { } operation)
        {
            return;
        }

        var call = Call.Of(context);
        if (call.Version < operation.Since)
        {
            throw new ApiException(404, $"There is no {operation.Template} in version {call.Version.WireName()}.");
        }

        var missing = operation.Requires & ~call.Key.Permissions;
        if (missing != Model.Permissions.None)
        {
            throw new ApiException(403, $"The user of this key lacks the permission {missing}.");
        }
    }
}
