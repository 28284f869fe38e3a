using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>
/// One endpoint: where it is, who may use it, what it takes and gives. It is routed, checked and counted by this definition, and the
/// OpenAPI document is made of all of them.
/// </summary>
internal sealed record Operation(string Method, string Path, RequestDelegate Handler)
{
    /// <summary>The <c>operationId</c>, such as <c>getListEntries</c>.</summary>
    public required string Id { get; init; }

    public required string Summary { get; init; }

    /// <summary>The name in counters and faults, such as <c>GET /v2/lists/{listId}</c>.</summary>
    public string Template => $"{Method} {Path}";

    /// <summary>The first version that has it; older ones answer 404.</summary>
    public ApiVersion Since { get; init; }

    /// <summary>What a key must be allowed beyond reading what is shared with its user.</summary>
    public Permissions Requires { get; init; }

    /// <summary>Affinity may change it without a new version.</summary>
    public bool IsBeta { get; init; }

    /// <summary>Costs nothing of the month.</summary>
    public bool SparesMonth { get; init; }

    /// <summary>Parameters of the query, in the order of the document. Those of the path follow from <see cref="Path"/>.</summary>
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>The JSON it takes, or null.</summary>
    public IOpenApiSchema? Body { get; init; }

    /// <summary>True where the body may be left out.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>The status of success.</summary>
    public int Success { get; init; } = StatusCodes.Status200OK;

    /// <summary>The JSON it gives, or null for an empty answer.</summary>
    public IOpenApiSchema? Answer { get; init; }

    /// <summary>True for the older API beside v2, which knows no versions.</summary>
    public bool IsFirstGeneration => !Path.StartsWith("/v2/", StringComparison.Ordinal);
}
