using System.Globalization;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>
/// The one endpoint of the older API: companies by a part of their name or of any domain, those of the shared directory that are not in the
/// account included.
/// </summary>
internal sealed class OrganizationEndpoints(Simulation simulation)
{
    private const int MostItems = 500;

    public void Map(ApiRoutes api) => api.Map(new Operation("GET", "/organizations", Search)
    {
        Id = "searchOrganizations",
        Summary = "Companies by a part of their name or of a domain (version 1 of the API).",
        Query =
        [
            QueryParameter.Term,
            new("page_size", Shape.Limit(MostItems, MostItems), "Items of a page."),
            new("page_token", Shape.Text, "Where the page starts, from next_page_token."),
        ],
        Answer = Shape.Object(("organizations", Shape.Array(Shapes.Organization)), ("next_page_token", Shape.OrNull(Shape.Text))),
    });

    private Task Search(HttpContext context)
    {
        string? term = context.Request.Query["term"];
        var found = simulation.Tenant.EntitiesById(ListType.Company).Items.Cast<Company>()
            .Concat(string.IsNullOrEmpty(term) ? [] : simulation.Tenant.Directory)
            .Where(company => company.MergedInto is null && Matches(company, term)).ToArray();
        var page = Page.Of(new PageRequest(Size(context), From(context)), found.Length);
        var reply = JsonReply.Start();
        var writer = reply.Writer;
        writer.WriteStartObject();
        writer.WriteStartArray("organizations"u8);
        foreach (var company in found[page.Start..page.End])
        {
            EntityProperties.WriteOrganization(writer, company);
        }

        writer.WriteEndArray();
        writer.WriteString("next_page_token"u8, page.Next?.ToString());
        writer.WriteEndObject();
        return reply.Send(context, 200);
    }

    private static bool Matches(Company company, string? term) => string.IsNullOrEmpty(term)
        || company.Name.Contains(term, StringComparison.OrdinalIgnoreCase)
        || company.Domains.Any(domain => domain.Contains(term, StringComparison.OrdinalIgnoreCase));

    private static int Size(HttpContext context) => (string?)context.Request.Query["page_size"] switch
    {
        null => MostItems,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= MostItems => size,
        _ => throw new ApiException(422, [ApiError.Validation("page_size", $"page_size must be an integer of 1 to {MostItems}.")]),
    };

    private static Cursor? From(HttpContext context) => (string?)context.Request.Query["page_token"] switch
    {
        null or "" => null,
        var text when Cursor.TryParse(text, out var cursor) => cursor,
        _ => throw new ApiException(422, [ApiError.Validation("page_token", "page_token is not valid.")]),
    };
}
