using AffinityDurable.Simulator.Gateway;
using Microsoft.OpenApi;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>What every operation has in common: the version header, the headers of the limits, the error envelope.</summary>
internal static class SharedParts
{
    private const string Version = "ApiVersion";
    private const string FailureName = "Failure";
    private const string FirstGenerationFailure = "FailureWithoutVersion";

    /// <summary>The three of the month are absent where there is no quota.</summary>
    private static readonly string[] LimitHeaders =
    [
        "x-ratelimit-limit-user", "x-ratelimit-limit-user-remaining", "x-ratelimit-limit-user-reset",
        "x-ratelimit-limit-org", "x-ratelimit-limit-org-remaining", "x-ratelimit-limit-org-reset",
    ];

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Version, new OpenApiParameter
        {
            Name = ApiVersions.Header,
            In = ParameterLocation.Header,
            Description = "Without it, the default version of the key.",
            Schema = Shape.OneOf([.. ApiVersions.All, "current"]),
        });
        document.AddComponent(Version, new OpenApiHeader { Required = true, Description = "The version that answered.", Schema = Shape.OneOf(ApiVersions.All) });
        foreach (var name in LimitHeaders)
        {
            document.AddComponent(name, new OpenApiHeader { Required = name.Contains("-user", StringComparison.Ordinal), Schema = Shape.Count });
        }

        document.AddComponent(FailureName, FailureOf(isVersioned: true));
        document.AddComponent(FirstGenerationFailure, FailureOf(isVersioned: false));
    }

    public static IEnumerable<IOpenApiParameter> Parameters(Operation operation) =>
        operation.IsFirstGeneration ? [] : [new OpenApiParameterReference(Version)];

    public static Dictionary<string, IOpenApiHeader> Headers(Operation operation) => HeadersOf(!operation.IsFirstGeneration);

    public static IOpenApiResponse Failure(Operation operation) =>
        new OpenApiResponseReference(operation.IsFirstGeneration ? FirstGenerationFailure : FailureName);

    public static Dictionary<string, IOpenApiMediaType> Json(IOpenApiSchema schema) => new(StringComparer.Ordinal)
    {
        ["application/json"] = new OpenApiMediaType { Schema = schema },
    };

    private static OpenApiResponse FailureOf(bool isVersioned) =>
        new() { Description = "Failure", Headers = HeadersOf(isVersioned), Content = Json(Shapes.Errors) };

    private static Dictionary<string, IOpenApiHeader> HeadersOf(bool isVersioned)
    {
        var headers = LimitHeaders.ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name), StringComparer.Ordinal);
        if (isVersioned)
        {
            headers[ApiVersions.Header] = new OpenApiHeaderReference(Version);
        }

        return headers;
    }
}
