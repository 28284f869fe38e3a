using System.Text.Json;

namespace AffinityDurable.Core.Affinity;

/// <content>Searches: they are sent as POST and change nothing.</content>
public sealed partial class AffinityClient
{
    /// <summary>A page of the companies or persons that a term finds: by a part of the name, of the primary domain or of the primary e-mail address.</summary>
    /// <param name="persons">Persons instead of companies.</param>
    /// <param name="term">Three characters or more.</param>
    /// <param name="nextUrl">The next page as the page before gave it; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Answer<Page<FoundEntity>>> SearchPageAsync(bool persons, string term, Uri? nextUrl, CancellationToken cancellationToken)
    {
        var uri = nextUrl ?? transport.Address.Page(persons ? "persons/search" : "companies/search");
        if (!transport.Address.Admits(uri))
        {
            return Task.FromResult(ElsewhereFault<Page<FoundEntity>>(uri));
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new { search = new { term } });
        return transport.SendAsync(
            new AffinityCall<Page<FoundEntity>>(HttpMethod.Post, uri, body, root => new Page<FoundEntity>(PageReading.Items(root, Found), PageReading.NextUrl(root))),
            cancellationToken);
    }

    private static FoundEntity Found(JsonElement entity) => new(
        entity.Id(),
        entity.Optional("name") ?? AnswerReading.PersonName(entity),
        CompanyReading.Domains(entity),
        PersonReading.Emails(entity) ?? []);
}
