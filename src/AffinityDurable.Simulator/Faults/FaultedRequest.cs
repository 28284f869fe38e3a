using System.Globalization;
using AffinityDurable.Simulator.Counting;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Faults;

/// <summary>A request as faults see it, with what its path names in the account.</summary>
internal sealed class FaultedRequest
{
    public FaultedRequest(HttpContext context, Tenant tenant, DateTimeOffset at)
    {
        (Tenant, At) = (tenant, at);
        Key = Call.Of(context).Key;
        Method = context.Request.Method;
        Path = context.Request.Path.Value ?? "";
        Endpoint = context.GetEndpoint()?.Metadata.GetMetadata<EndpointTraffic>()?.Endpoint ?? Counters.UnmatchedName;
        var company = Id(context, "companyId") is { } companyId ? tenant.FindCompany(companyId) : null;
        var person = Id(context, "personId") is { } personId ? tenant.FindPerson(personId) : null;
        List = Id(context, "listId") is { } listId ? tenant.FindList(listId) : null;
        Entry = Id(context, "listEntryId") is { } entryId ? List?.FindEntry(entryId) : null;
        Entity = Entry?.Entity ?? (Entity?)company ?? person;
    }

    public Tenant Tenant { get; }

    public DateTimeOffset At { get; }

    public ApiKey Key { get; }

    public string Method { get; }

    public string Path { get; }

    /// <summary>The name that the counters have for it.</summary>
    public string Endpoint { get; }

    public AffinityList? List { get; }

    public ListEntry? Entry { get; }

    public Entity? Entity { get; }

    /// <summary>The fields of what the path names: of the list, of all companies or of all persons.</summary>
    public IReadOnlyList<Field> Fields => List?.Fields ?? Entity switch
    {
        Company => Tenant.CompanyFields,
        Person => Tenant.PersonFields,
        _ => [],
    };

    /// <summary>Whether it names what the fault is to change.</summary>
    public bool Offers(Fault fault) =>
        (!fault.DeletesEntry || Entry is not null)
        && (!fault.RemovesOption || Fields.Any(field => field.Options.Count > 0))
        && (!fault.EditsValue || (Entity is not null && Fields.Any(field => IsEditable(field, fault))));

    public static bool IsEditable(Field field, Fault fault) =>
        field.ValueType.IsWritable() && field.Type != FieldType.RelationshipIntelligence && (fault.EditedField is null || field.Id == fault.EditedField);

    private static long? Id(HttpContext context, string name) =>
        context.Request.RouteValues[name] is string text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
