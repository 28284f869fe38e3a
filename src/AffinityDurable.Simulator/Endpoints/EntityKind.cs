using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using Microsoft.OpenApi;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Companies or persons: their endpoints are the same but for names, shapes and the permission for the whole directory.</summary>
internal sealed record EntityKind(ListType Type, string Path, string IdName, string OperationName, Permissions Directory, IOpenApiSchema Shape)
{
    public static readonly EntityKind Companies =
        new(ListType.Company, "/v2/companies", "companyId", "Company", Permissions.ExportOrganizations, Shapes.Company);

    public static readonly EntityKind Persons =
        new(ListType.Person, "/v2/persons", "personId", "Person", Permissions.ExportPeople, Shapes.Person);

    /// <summary>The path of one of them, such as <c>/v2/companies/{companyId}</c>.</summary>
    public string OnePath => $"{Path}/{{{IdName}}}";

    /// <summary>The word for one of them in messages and summaries.</summary>
    public string Noun => Type.WireName();
}
