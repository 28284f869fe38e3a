using System.Text.Json;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Webhooks;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>Builds a tenant from a seed document; lists, fields and companies may leave out their ids.</summary>
internal sealed class SeedReader
{
    private readonly JsonElement _root;
    private readonly Tenant _tenant;

    private SeedReader(JsonElement root)
    {
        _root = root;
        _tenant = new Tenant(withDefaultUser: !root.TryGetProperty("keys", out _))
        {
            Id = LongOrNull(root, "id") ?? 11,
            Name = TextOrNull(root, "name") ?? "Example VC",
            Subdomain = TextOrNull(root, "subdomain") ?? "examplevc",
        };
    }

    /// <exception cref="InvalidDataException">The document does not describe a tenant.</exception>
    public static Tenant Read(JsonElement root)
    {
        try
        {
            return new SeedReader(root).Read();
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The seed is not sound: {fault.Message}", fault);
        }
    }

    private Tenant Read()
    {
        ReadFields(_root, "companyFields", (name, valueType, type, id, traits) => _tenant.AddCompanyField(name, valueType, type, id, traits));
        ReadFields(_root, "personFields", (name, valueType, type, id, traits) => _tenant.AddPersonField(name, valueType, type, id, traits));
        Each(_root, "persons", ReadPerson);
        Each(_root, "persons", each => ReadMerge(each, (away, survivor) => Person(away).MergeInto(Person(survivor))));
        Each(_root, "keys", ReadKey);
        Each(_root, "companies", ReadCompany);
        Each(_root, "companies", each => ReadMerge(each, (away, survivor) => Company(away).MergeInto(Company(survivor))));
        Each(_root, "directory", each =>
            _tenant.AddDirectoryCompany(each.GetProperty("name").GetString()!, Texts(each, "domains"), LongOrNull(each, "id")));
        Each(_root, "lists", ReadList);
        Each(_root, "webhooks", ReadWebhook);
        return _tenant;
    }

    private void ReadPerson(JsonElement json)
    {
        var person = _tenant.AddPerson(
            json.GetProperty("firstName").GetString()!, TextOrNull(json, "lastName"), Texts(json, "emailAddresses"),
            FlagOr(json, "isInternal", fallback: false), LongOrNull(json, "id"));
        person.IsCollaborator = FlagOr(json, "isCollaborator", fallback: false);
        ReadValues(json, _tenant.EntityFields(ListType.Person).Find, person.Values, person.Fields);
    }

    private void ReadKey(JsonElement json)
    {
        var userId = json.GetProperty("userId").GetInt64();
        _tenant.AddApiKey(
            json.GetProperty("secret").GetString()!, UserOf(userId), TextOrNull(json, "defaultVersion") ?? "2026-09-17",
            InstantOrNull(json, "createdAt"), Enum.Parse<Permissions>(TextOrNull(json, "permissions") ?? nameof(Permissions.All)));
    }

    private void ReadCompany(JsonElement json)
    {
        var company = _tenant.AddCompany(
            json.GetProperty("name").GetString()!, Texts(json, "domains"), FlagOr(json, "isGlobal", fallback: true), LongOrNull(json, "id"));
        ReadValues(json, _tenant.EntityFields(ListType.Company).Find, company.Values, company.Fields);
    }

    private static void ReadMerge(JsonElement json, Action<long, long> merge)
    {
        if (LongOrNull(json, "mergedInto") is { } survivor)
        {
            merge(json.GetProperty("id").GetInt64(), survivor);
        }
    }

    private void ReadList(JsonElement json)
    {
        var list = _tenant.AddList(
            json.GetProperty("name").GetString()!, ListTypes.Parse(TextOrNull(json, "type") ?? "company"), LongOrNull(json, "id"),
            FlagOr(json, "isPublic", fallback: true), LongOrNull(json, "ownerId") is { } owner ? UserOf(owner) : null);
        foreach (var userId in json.TryGetProperty("sharedWith", out var shared) ? shared.EnumerateArray() : default)
        {
            list.ShareWith(UserOf(userId.GetInt64()));
        }

        ReadFields(json, "fields", (name, valueType, _, id, traits) => list.AddField(name, valueType, id, traits));
        Each(json, "savedViews", view => ReadSavedView(list, view));
        Each(json, "entries", entry => ReadEntry(list, entry));
    }

    private static void ReadSavedView(AffinityList list, JsonElement json) => list.AddSavedView(
        new SavedView(LongOrNull(json, "id") ?? 0, json.GetProperty("name").GetString()!)
        {
            Type = json.TryGetProperty("type", out var type) ? type.Deserialize<SavedViewType>() : SavedViewType.Sheet,
            CreatedAt = InstantOrNull(json, "createdAt"),
            Filters = json.TryGetProperty("filters", out var filters) ? filters.GetRawText() : null,
            FieldIds = Texts(json, "fieldIds"),
        });

    private void ReadEntry(AffinityList list, JsonElement json)
    {
        var entityId = LongOrNull(json, "entityId");
        Entity entity = list.Type switch
        {
            ListType.Company => Company(json.GetProperty("entityId").GetInt64()),
            ListType.Person => Person(json.GetProperty("entityId").GetInt64()),
            _ => _tenant.NewOpportunity(json.GetProperty("name").GetString()!, entityId),
        };
        var entry = list.AddEntry(entity, LongOrNull(json, "id"), InstantOrNull(json, "createdAt"), LongOrNull(json, "creatorId"));
        entry.IsRestricted = FlagOr(json, "isRestricted", fallback: false);
        foreach (var hidden in Texts(json, "hiddenFields"))
        {
            entry.Hide(list.FindField(hidden) ?? throw new InvalidDataException($"Field {hidden} is not there."));
        }

        ReadValues(json, list.OwnFields.Find, entry.Values, list.OwnFields);
    }

    private void ReadWebhook(JsonElement json) => _tenant.AddWebhook(new WebhookSubscription(
        LongOrNull(json, "id") ?? 0, new Uri(json.GetProperty("url").GetString()!, UriKind.RelativeOrAbsolute), Texts(json, "subscriptions"),
        LongOrNull(json, "creatorId"), InstantOrNull(json, "createdAt") ?? Tenant.Epoch)
    {
        IsActive = FlagOr(json, "isActive", fallback: true),
        UpdatedAt = InstantOrNull(json, "updatedAt"),
    });

    private void ReadFields(JsonElement json, string name, Func<string, FieldValueType, FieldType, string?, FieldTraits?, Field> add) =>
        Each(json, name, each =>
        {
            var type = FieldTypes.TryParse(TextOrNull(each, "type") ?? "global", out var known)
                ? known
                : throw new FormatException($"'{TextOrNull(each, "type")}' is not a field type.");
            var traits = each.TryGetProperty("traits", out var json) ? json.Deserialize<FieldTraits>(SeedJson.Options) : null;
            var field = add(
                each.GetProperty("name").GetString()!, FieldValueTypes.Parse(each.GetProperty("valueType").GetString()!), type,
                TextOrNull(each, "id"), traits);
            Each(each, "options", option => ReadOption(field, option));
        });

    private void ReadOption(Field field, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            _tenant.AddOption(field, json.GetString()!);
        }
        else
        {
            _tenant.AddOption(field, json.Deserialize<DropdownOption>(SeedJson.Options)!);
        }
    }

    private static void ReadValues(JsonElement json, Func<string, Field?> find, FieldValues values, FieldSet fields)
    {
        if (!json.TryGetProperty("values", out var all))
        {
            return;
        }

        foreach (var each in all.EnumerateObject())
        {
            var field = find(each.Name) ?? throw new InvalidDataException($"Field {each.Name} is not there.");
            values.Set(field.Slot, SeedJson.ReadValue(field, each.Value), fields.Fields.Length);
        }
    }

    private User UserOf(long id)
    {
        var person = Person(id);
        return new User(id, person.FirstName, person.LastName, person.PrimaryEmailAddress ?? "");
    }

    private Person Person(long id) => _tenant.FindPerson(id) ?? throw new InvalidDataException($"Person {id} is not there.");

    private Company Company(long id) => _tenant.FindCompany(id) ?? throw new InvalidDataException($"Company {id} is not there.");

    private static void Each(JsonElement json, string name, Action<JsonElement> read)
    {
        if (json.TryGetProperty(name, out var items))
        {
            foreach (var item in items.EnumerateArray())
            {
                read(item);
            }
        }
    }

    private static string[] Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static string? TextOrNull(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static long? LongOrNull(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetInt64() : null;

    private static bool FlagOr(JsonElement json, string name, bool fallback) =>
        json.TryGetProperty(name, out var flag) ? flag.GetBoolean() : fallback;

    private static DateTimeOffset? InstantOrNull(JsonElement json, string name) =>
        json.TryGetProperty(name, out var instant) ? instant.GetDateTimeOffset() : null;
}
