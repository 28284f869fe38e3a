using System.Collections.Concurrent;
using System.Globalization;

namespace AffinityDurable.Simulator.Model;

/// <summary>
/// A simulated Affinity account: users and keys, companies and persons with their fields, lists with their entries. It may be changed
/// while a server serves it; every change is seen by the next request.
/// </summary>
public sealed partial class Tenant
{
    /// <summary>The key every new tenant starts with.</summary>
    public const string DefaultApiKey = "simulated-affinity-key";

    internal static readonly DateTimeOffset Epoch = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] EnrichmentSources = ["affinity-data", "dealroom", "eventbrite", "mailchimp"];

    private readonly IdSequence _listIds = new(101);
    private readonly IdSequence _fieldIds = new(1001);
    private readonly IdSequence _optionIds = new(3001);
    private readonly IdSequence _companyIds = new(500_001);
    private readonly IdSequence _personIds = new(21);
    private readonly IdSequence _opportunityIds = new(800_001);
    private readonly IdSequence _savedViewIds = new(7001);
    private readonly IdSequence _entryIds = new(9_000_001);

    private readonly ConcurrentDictionary<long, AffinityList> _lists = new();
    private readonly ConcurrentDictionary<long, Company> _companies = new();
    private readonly ConcurrentDictionary<long, Person> _persons = new();
    private readonly IdIndex<Entity> _companiesById = new();
    private readonly IdIndex<Entity> _personsById = new();
    private readonly IdIndex<Entity> _directory = new();
    private readonly ConcurrentDictionary<long, ListEntry> _entries = new();
    private readonly ConcurrentDictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);
    private readonly Lock _replacingKey = new();
    private readonly FieldSet _companyFields = new();
    private readonly FieldSet _personFields = new();
    private readonly FieldSet _noFields = new();

    /// <summary>An account with one user, who holds <see cref="DefaultApiKey"/>, and nothing else.</summary>
    public Tenant()
        : this(withDefaultUser: true)
    {
    }

    internal Tenant(bool withDefaultUser)
    {
        if (withDefaultUser)
        {
            AddApiKey(DefaultApiKey, AddUser("Ada", "Lovelace", "ada@example.vc"));
        }
    }

    public long Id { get; init; } = 11;

    public string Name { get; init; } = "Example VC";

    public string Subdomain { get; init; } = "examplevc";

    /// <summary>All keys that are let in. Of one that is being replaced, either it or its successor is among them.</summary>
    public IReadOnlyCollection<ApiKey> ApiKeys
    {
        get
        {
            lock (_replacingKey)
            {
                return [.. _keys.Values.OrderBy(key => key.User.Id).ThenBy(key => key.Secret, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The lists in id order.</summary>
    public IReadOnlyList<AffinityList> Lists => [.. _lists.Values.OrderBy(list => list.Id)];

    /// <summary>The companies in id order, merged-away ones included.</summary>
    public IReadOnlyList<Company> Companies => [.. _companiesById.Items.Cast<Company>()];

    /// <summary>Companies of Affinity's shared directory that are not in this account; only the older API's search finds them.</summary>
    public IReadOnlyList<Company> Directory => [.. _directory.Items.Cast<Company>()];

    /// <summary>The persons in id order, users included.</summary>
    public IReadOnlyList<Person> Persons => [.. _personsById.Items.Cast<Person>()];

    /// <summary>Global, enriched and relationship fields of companies.</summary>
    public IReadOnlyList<Field> CompanyFields => _companyFields.Fields;

    /// <summary>Global, enriched and relationship fields of persons.</summary>
    public IReadOnlyList<Field> PersonFields => _personFields.Fields;

    public AffinityList? FindList(long id) => _lists.GetValueOrDefault(id);

    public Company? FindCompany(long id) => _companies.GetValueOrDefault(id);

    public Person? FindPerson(long id) => _persons.GetValueOrDefault(id);

    public ListEntry? FindEntry(long id) => _entries.GetValueOrDefault(id);

    internal ApiKey? FindKey(string secret) => _keys.GetValueOrDefault(secret);

    /// <summary>All companies or persons in id order; opportunities have no collection of their own.</summary>
    internal IdIndex<Entity> EntitiesById(ListType type) => type == ListType.Company ? _companiesById : _personsById;

    internal Entity? FindEntity(ListType type, long id) => type == ListType.Company ? FindCompany(id) : FindPerson(id);

    internal bool Has(ApiKey key) => FindKey(key.Secret) == key;

    internal FieldSet EntityFields(ListType type) => type switch
    {
        ListType.Company => _companyFields,
        ListType.Person => _personFields,
        _ => _noFields,
    };

    internal bool Forget(ListEntry entry) => _entries.TryRemove(entry.Id, out _);

    internal IEnumerable<ListEntry> AllEntries() => _entries.Values;

    /// <summary>All companies and then all persons.</summary>
    internal IEnumerable<Entity> AllEntities() => _companiesById.Items.Concat(_personsById.Items);

    private string FieldId(string? wanted)
    {
        if (wanted is null)
        {
            return $"field-{_fieldIds.Take()}";
        }

        if (wanted.StartsWith("field-", StringComparison.Ordinal)
            && long.TryParse(wanted.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _fieldIds.Take(number);
        }

        return wanted;
    }
}
