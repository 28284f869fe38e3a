using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Core.Affinity;

/// <summary>Affinity's REST API v2, version 2026-09-17. Register with <c>services.AddAffinityClient(...)</c>.</summary>
/// <remarks>
/// Every method answers with a value or a fault and with the rate limits of the answer; it throws for a missing key, for
/// cancellation and for mistakes of the caller only. Transient faults are repeated inside, a 429 never. Methods named
/// <c>…PageAsync</c> are one call each, so that a caller can stop between pages; those without read all pages and end with
/// the first fault.
/// </remarks>
public sealed partial class AffinityClient
{
    /// <summary>Key of the client that only reads, see <see cref="ReadOnly"/>.</summary>
    public const string ReadOnlyKey = "affinity-read-only";

    /// <summary>Ends a chain of merges that never would.</summary>
    private const int MostMerges = 10;

    private readonly AffinityTransport transport;

    internal AffinityClient(HttpClient http, IAffinityKey key, IOptions<AffinityOptions> options, TimeProvider time, ILogger<AffinityClient> logger)
        : this(new AffinityTransport(http, key, options, time, logger))
    {
    }

    private AffinityClient(AffinityTransport transport) => this.transport = transport;

    /// <summary>A client of which no write leaves, whatever the code does: planning uses it. Also registered under <see cref="ReadOnlyKey"/>.</summary>
    public AffinityClient ReadOnly() => new(transport.ReadOnly());

    /// <summary>Whose key it is.</summary>
    public Task<Answer<Identity>> WhoAmIAsync(CancellationToken cancellationToken) =>
        GetAsync(transport.Address.Of("auth/whoami"), AnswerReading.Identity, cancellationToken);

    /// <summary>A page of the lists that the key's user may see.</summary>
    public Task<Answer<Page<AffinityList>>> ListsPageAsync(Uri? nextUrl, CancellationToken cancellationToken) =>
        GetPageAsync(nextUrl ?? transport.Address.Page("lists"), AnswerReading.List, cancellationToken);

    /// <summary>All lists that the key's user may see.</summary>
    public Task<Answer<IReadOnlyList<AffinityList>>> ListsAsync(CancellationToken cancellationToken) =>
        AllAsync(next => ListsPageAsync(next, cancellationToken));

    /// <summary>A list.</summary>
    public Task<Answer<AffinityList>> ListAsync(long listId, CancellationToken cancellationToken) =>
        GetAsync(transport.Address.Of($"lists/{listId}"), AnswerReading.List, cancellationToken);

    /// <summary>A page of the fields of a list, entity and enriched fields included.</summary>
    public Task<Answer<Page<AffinityField>>> FieldsPageAsync(long listId, Uri? nextUrl, CancellationToken cancellationToken) =>
        GetPageAsync(nextUrl ?? transport.Address.Page($"lists/{listId}/fields"), AnswerReading.Field, cancellationToken);

    /// <summary>All fields of a list. Names are not unique, ids are.</summary>
    public Task<Answer<IReadOnlyList<AffinityField>>> FieldsAsync(long listId, CancellationToken cancellationToken) =>
        AllAsync(next => FieldsPageAsync(listId, next, cancellationToken));

    /// <summary>A page of the options of a dropdown, ranked dropdown or status field.</summary>
    public Task<Answer<Page<DropdownOption>>> DropdownOptionsPageAsync(long listId, string fieldId, Uri? nextUrl, CancellationToken cancellationToken) =>
        GetPageAsync(
            nextUrl ?? transport.Address.Page($"lists/{listId}/fields/{Uri.EscapeDataString(fieldId)}/dropdown-options"),
            AnswerReading.Option,
            cancellationToken);

    /// <summary>All options of a dropdown, ranked dropdown or status field.</summary>
    public Task<Answer<IReadOnlyList<DropdownOption>>> DropdownOptionsAsync(long listId, string fieldId, CancellationToken cancellationToken) =>
        AllAsync(next => DropdownOptionsPageAsync(listId, fieldId, next, cancellationToken));

    /// <summary>Where a company is on lists that the key's user may see.</summary>
    public Task<Answer<IReadOnlyList<EntityEntry>>> CompanyListEntriesAsync(long companyId, CancellationToken cancellationToken) =>
        AllAsync(next => GetPageAsync(
            next ?? transport.Address.Page($"companies/{companyId}/list-entries"),
            AnswerReading.EntityEntry,
            cancellationToken));

    /// <summary>The id under which a company lives on: its own, or that of the company it was merged into.</summary>
    public async Task<Answer<long>> ResolveCompanyAsync(long companyId, CancellationToken cancellationToken)
    {
        var id = companyId;
        var calls = 0;
        for (var merges = 0; ; merges++)
        {
            var answer = await GetAsync(transport.Address.Of($"companies/{id}"), company => company.Id(), cancellationToken);
            calls += answer.Calls;
            if (answer.Fault is not { Kind: FaultKind.Merged, MergedInto: { } survivor } || merges == MostMerges)
            {
                return answer with { Calls = calls };
            }

            id = survivor;
        }
    }
}
