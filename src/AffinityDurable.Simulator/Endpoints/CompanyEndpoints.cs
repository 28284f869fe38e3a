using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Rendering;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>One company, and its rows on all lists.</summary>
internal sealed class CompanyEndpoints(Simulation simulation)
{
    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("GET", "/v2/companies/{companyId}", GetCompany)
        {
            Id = "getCompany",
            Summary = "One company, with the values that are asked for.",
            Query = [QueryParameter.FieldIds, QueryParameter.EntityFieldTypes],
            Answer = Shapes.Company,
        });
        api.Map(new Operation("GET", "/v2/companies/{companyId}/list-entries", GetEntries)
        {
            Id = "getCompanyListEntries",
            Summary = "The entries of a company on all lists, with all their values.",
            Query = QueryParameter.Page(),
            Answer = Shape.PageOf(Shapes.EntityListEntry),
        });
    }

    private Task GetCompany(HttpContext context)
    {
        Field[] fields = [.. simulation.Tenant.CompanyFields.OrderBy(field => field.Id, StringComparer.Ordinal)];
        var asked = FieldSelection.Read(context, fields, allowsList: false);
        var company = Lookup.Company(context, simulation.Tenant);
        var values = new ValueWriter(simulation.Tenant);
        var reply = JsonReply.Start();
        var writer = reply.Writer;
        writer.WriteStartObject();
        EntityWriter.WriteProperties(writer, entry: null, company, isHidden: false);
        if (asked is not null || simulation.Behavior.ShowsEmptyFields)
        {
            writer.WriteStartArray(Names.Fields);
            lock (company.Values.Gate)
            {
                foreach (var field in asked ?? [])
                {
                    values.WriteField(writer, field, company.Values.Get(field.Slot), isHidden: false);
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        return reply.Send(context, 200);
    }

    private Task GetEntries(HttpContext context)
    {
        var company = Lookup.Company(context, simulation.Tenant);
        var entryWriter = new EntryWriter(simulation.Tenant, simulation.Behavior, Call.Of(context).Version);
        return Collection.Send(context, company.Entries, entryWriter.WriteOfEntity);
    }
}
