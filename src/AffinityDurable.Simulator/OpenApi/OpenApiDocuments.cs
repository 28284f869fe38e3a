using System.Globalization;
using AffinityDurable.Simulator.Gateway;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Makes the OpenAPI document of the endpoints that a server routes.</summary>
internal static class OpenApiDocuments
{
    public static Task<string> WriteAsync(EndpointDataSource endpoints, CancellationToken cancellationToken) =>
        Build(endpoints).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);

    private static OpenApiDocument Build(EndpointDataSource endpoints)
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "A simulated Affinity API v2",
                Version = ApiVersions.Newest,
                Description = "What the simulator of AffinityDurable serves in this version. It is not Affinity's own document.",
            },
            Paths = [],
            Components = new OpenApiComponents(),
            Security = [],
        };
        SharedParts.AddTo(document);
        document.AddComponent("bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" });
        document.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] });
        foreach (var path in endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<Operation>()).OfType<Operation>()
            .OrderBy(operation => operation.Path, StringComparer.Ordinal).GroupBy(operation => operation.Path, StringComparer.Ordinal))
        {
            document.Paths.Add(path.Key, PathOf([.. path]));
        }

        foreach (var (name, schema) in Shape.Named.OrderBy(named => named.Key, StringComparer.Ordinal))
        {
            document.AddComponent(name, schema);
        }

        return document;
    }

    private static OpenApiPathItem PathOf(IReadOnlyList<Operation> operations)
    {
        var path = new OpenApiPathItem();
        foreach (var operation in operations.OrderBy(operation => operation.Method, StringComparer.Ordinal))
        {
            path.AddOperation(HttpMethod.Parse(operation.Method), Describe(operation));
        }

        return path;
    }

    private static OpenApiOperation Describe(Operation operation) => new()
    {
        OperationId = operation.Id,
        Summary = operation.Summary,
        Description = Conditions(operation),
        Parameters = [.. PathParameters(operation), .. SharedParts.Parameters(operation), .. operation.Query.Select(Describe)],
        RequestBody = operation.Body is { } body ? new OpenApiRequestBody { Required = !operation.IsBodyOptional, Content = SharedParts.Json(body) } : null,
        Responses = new OpenApiResponses
        {
            [operation.Success.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = "Success",
                Headers = SharedParts.Headers(operation),
                Content = operation.Answer is { } answer ? SharedParts.Json(answer) : null,
            },
            ["default"] = SharedParts.Failure(operation),
        },
    };

    private static string? Conditions(Operation operation)
    {
        List<string> conditions = [];
        if (operation.IsBeta)
        {
            conditions.Add("Beta: may change without a new version.");
        }

        if (operation.Since > ApiVersion.V20240101)
        {
            conditions.Add($"Since version {operation.Since.WireName()}.");
        }

        if (operation.Requires != Model.Permissions.None)
        {
            conditions.Add($"Needs the permission {operation.Requires}.");
        }

        return conditions.Count > 0 ? string.Join(' ', conditions) : null;
    }

    private static IEnumerable<IOpenApiParameter> PathParameters(Operation operation) =>
        operation.Path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment.Trim('{', '}'))
            .Select(name => new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Schema = name == "fieldId" ? Shape.Text : Shape.Id,
            });

    private static OpenApiParameter Describe(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = parameter.Schema,
    };
}
