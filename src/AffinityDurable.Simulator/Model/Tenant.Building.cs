using System.Collections.Concurrent;
using System.Globalization;

namespace AffinityDurable.Simulator.Model;

public sealed partial class Tenant
{
    /// <summary>Adds a user, who is a person of the account too.</summary>
    public User AddUser(string firstName, string? lastName, string emailAddress, long? id = null)
    {
        var person = AddPerson(firstName, lastName, [emailAddress], isInternal: true, id);
        return new User(person.Id, firstName, lastName, emailAddress);
    }

    /// <summary>Adds a key of a user; <paramref name="defaultVersion"/> answers requests that name no version.</summary>
    /// <exception cref="ArgumentException">The key exists.</exception>
    public ApiKey AddApiKey(
        string secret, User user, string defaultVersion = "2026-09-17", DateTimeOffset? createdAt = null,
        Permissions permissions = Permissions.All)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        ArgumentNullException.ThrowIfNull(user);
        var key = new ApiKey(secret, user, defaultVersion, createdAt ?? Epoch) { Permissions = permissions };
        return _keys.TryAdd(secret, key) ? key : throw new ArgumentException("There is such a key already.", nameof(secret));
    }

    /// <summary>Revokes a key: requests with it answer 401 from now on.</summary>
    public bool RevokeApiKey(string secret) => _keys.TryRemove(secret, out _);

    /// <summary>
    /// Revokes a key and gives its user another: <c>some-key</c> is followed by <c>some-key-2</c>, that by <c>some-key-3</c>. Null when
    /// the key was revoked already.
    /// </summary>
    internal ApiKey? ReplaceApiKey(ApiKey key, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_replacingKey)
        {
            return RevokeApiKey(key.Secret) ? AddSuccessor(key, createdAt) : null;
        }
    }

    /// <summary>Adds a list; without an owner it belongs to the first user.</summary>
    public AffinityList AddList(string name, ListType type = ListType.Company, long? id = null, bool isPublic = true, User? owner = null)
    {
        var ownerId = owner?.Id ?? ApiKeys.FirstOrDefault()?.User.Id ?? 1;
        var list = new AffinityList(this, _listIds.Take(id), name, type, Epoch) { IsPublic = isPublic, OwnerId = ownerId };
        return Claim(_lists, list.Id, list);
    }

    /// <summary>Adds a company; the first domain is its primary one.</summary>
    public Company AddCompany(string name, params string[] domains) => AddCompany(name, domains, isGlobal: true, id: null);

    public Company AddCompany(string name, string[] domains, bool isGlobal, long? id)
    {
        var company = new Company(_companyIds.Take(id), name, domains, isGlobal, _companyFields);
        Claim(_companies, company.Id, company);
        _companiesById.Add(company);
        return company;
    }

    /// <summary>Adds a company to the shared directory, outside the account.</summary>
    public Company AddDirectoryCompany(string name, string[] domains, long? id = null)
    {
        var company = new Company(_companyIds.Take(id), name, domains, isGlobal: true, _companyFields);
        _directory.Add(company);
        return company;
    }

    public Person AddPerson(string firstName, string? lastName, params string[] emailAddresses) =>
        AddPerson(firstName, lastName, emailAddresses, isInternal: false, id: null);

    public Person AddPerson(string firstName, string? lastName, string[] emailAddresses, bool isInternal, long? id)
    {
        var person = new Person(_personIds.Take(id), firstName, lastName, emailAddresses, isInternal, _personFields);
        Claim(_persons, person.Id, person);
        _personsById.Add(person);
        return person;
    }

    /// <summary>Adds a field of all companies, shown on every company list.</summary>
    public Field AddCompanyField(string name, FieldValueType valueType, FieldType type = FieldType.Global, string? id = null, FieldTraits? traits = null) =>
        AddField(_companyFields, name, valueType, type, id, traits);

    /// <summary>Adds a field of all persons, shown on every person list.</summary>
    public Field AddPersonField(string name, FieldValueType valueType, FieldType type = FieldType.Global, string? id = null, FieldTraits? traits = null) =>
        AddField(_personFields, name, valueType, type, id, traits);

    /// <summary>Adds an option to a dropdown field.</summary>
    /// <exception cref="ArgumentException">The field's type has no options.</exception>
    public DropdownOption AddOption(Field field, string text, long? id = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        return AddOption(field, new DropdownOption(id ?? 0, text) { Rank = field.Options.Count });
    }

    /// <summary>Adds an option as it is described; an id of 0 is replaced by the next free one.</summary>
    /// <exception cref="ArgumentException">The field's type has no options.</exception>
    public DropdownOption AddOption(Field field, DropdownOption option)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(option);
        if (!field.ValueType.HasOptions())
        {
            throw new ArgumentException($"Field '{field.Id}' is {field.ValueType.WireName()}, which has no options.", nameof(field));
        }

        var added = option with { Id = _optionIds.Take(option.Id == 0 ? null : option.Id) };
        field.AddOption(added);
        return added;
    }

    internal Field AddListField(AffinityList list, string name, FieldValueType valueType, string? id, FieldTraits? traits = null) =>
        AddField(list.OwnFields, name, valueType, FieldType.List, id, traits);

    internal ListEntry AddEntry(AffinityList list, Entity entity, long? id, DateTimeOffset? createdAt, long? creatorId)
    {
        var entry = new ListEntry(_entryIds.Take(id), list, entity, createdAt ?? Epoch, creatorId);
        Claim(_entries, entry.Id, entry);
        entity.AddEntry(entry);
        list.EntryIndex.Add(entry);
        return entry;
    }

    internal SavedView AddSavedView(AffinityList list, SavedView view)
    {
        var added = view with { Id = _savedViewIds.Take(view.Id == 0 ? null : view.Id) };
        list.Add(added);
        return added;
    }

    internal Opportunity NewOpportunity(string name, long? id) => new(_opportunityIds.Take(id), name);

    private ApiKey AddSuccessor(ApiKey key, DateTimeOffset createdAt)
    {
        var dash = key.Secret.LastIndexOf('-');
        var isNumbered = int.TryParse(key.Secret.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && dash > 0;
        var stem = isNumbered ? key.Secret[..dash] : key.Secret;
        ApiKey successor;
        do
        {
            number = isNumbered ? number + 1 : 2;
            isNumbered = true;
            successor = key with { Secret = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}"), CreatedAt = createdAt };
        }
        while (!_keys.TryAdd(successor.Secret, successor));
        return successor;
    }

    private Field AddField(FieldSet owner, string name, FieldValueType valueType, FieldType type, string? id, FieldTraits? traits)
    {
        if ((type == FieldType.List) != (owner != _companyFields && owner != _personFields))
        {
            throw new ArgumentException("List fields belong to a list, all others to companies or persons.", nameof(type));
        }

        var fieldId = FieldId(id);
        traits ??= DefaultTraits(fieldId);
        return owner.Add(slot => new Field(fieldId, name, valueType, type, traits, slot));
    }

    private static FieldTraits DefaultTraits(string fieldId) => new()
    {
        CreatedAt = fieldId.StartsWith("field-", StringComparison.Ordinal) ? Epoch : null,
        EnrichmentSource = Array.Find(EnrichmentSources, source => fieldId.StartsWith($"{source}-", StringComparison.Ordinal)),
    };

    private static T Claim<T>(ConcurrentDictionary<long, T> items, long id, T item) =>
        items.TryAdd(id, item) ? item : throw new ArgumentException($"Id {id} is taken.", nameof(id));
}
