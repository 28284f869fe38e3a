using System.IO.Pipelines;
using System.Text.Json;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Webhooks;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>Writes a tenant; values in short forms, keyed by field id: numbers, texts, instants, option and entity ids, locations.</summary>
internal sealed class SeedWriter(PipeWriter destination, Tenant tenant) : IAsyncDisposable
{
    private const int FlushAbove = 64 * 1024;

    // Through a pipe: the serializer flushes on its own, which a stream of Kestrel allows only asynchronously.
    private readonly Utf8JsonWriter _writer = new(destination, new JsonWriterOptions { Indented = true });

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("id", tenant.Id);
        _writer.WriteString("name", tenant.Name);
        _writer.WriteString("subdomain", tenant.Subdomain);
        WriteFields("companyFields", tenant.CompanyFields);
        WriteFields("personFields", tenant.PersonFields);
        await WriteArrayAsync("persons", tenant.Persons, WritePerson, cancellationToken);
        await WriteArrayAsync("keys", tenant.ApiKeys, WriteKey, cancellationToken);
        await WriteArrayAsync("companies", tenant.Companies, WriteCompany, cancellationToken);
        await WriteArrayAsync("directory", tenant.Directory, WriteDirectoryCompany, cancellationToken);
        _writer.WriteStartArray("lists");
        foreach (var list in tenant.Lists)
        {
            WriteListHead(list);
            await WriteArrayAsync("savedViews", list.SavedViews, WriteSavedView, cancellationToken);
            await WriteArrayAsync("entries", list.Entries, WriteEntry, cancellationToken);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        await WriteArrayAsync("webhooks", tenant.Webhooks, WriteWebhook, cancellationToken);
        _writer.WriteEndObject();
        await FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await destination.CompleteAsync();
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        _writer.Flush();
        await destination.FlushAsync(cancellationToken);
    }

    private async Task WriteArrayAsync<T>(string name, IEnumerable<T> items, Action<T> write, CancellationToken cancellationToken)
    {
        _writer.WriteStartArray(name);
        foreach (var item in items)
        {
            _writer.WriteStartObject();
            write(item);
            _writer.WriteEndObject();
            if (_writer.BytesPending + destination.UnflushedBytes > FlushAbove)
            {
                await FlushAsync(cancellationToken);
            }
        }

        _writer.WriteEndArray();
    }

    private void WriteKey(ApiKey key)
    {
        _writer.WriteString("secret", key.Secret);
        _writer.WriteNumber("userId", key.User.Id);
        _writer.WriteString("defaultVersion", key.DefaultVersion);
        _writer.WriteString("createdAt", key.CreatedAt);
        _writer.WriteString("permissions", key.Permissions.ToString());
    }

    private void WritePerson(Person person)
    {
        _writer.WriteNumber("id", person.Id);
        _writer.WriteString("firstName", person.FirstName);
        _writer.WriteString("lastName", person.LastName);
        WriteTexts("emailAddresses", person.EmailAddresses);
        _writer.WriteBoolean("isInternal", person.IsInternal);
        if (person.IsCollaborator)
        {
            _writer.WriteBoolean("isCollaborator", true);
        }

        WriteMerge(person);
        WriteValues(tenant.PersonFields, person.Values);
    }

    private void WriteDirectoryCompany(Company company)
    {
        _writer.WriteNumber("id", company.Id);
        _writer.WriteString("name", company.Name);
        WriteTexts("domains", company.Domains);
    }

    private void WriteCompany(Company company)
    {
        _writer.WriteNumber("id", company.Id);
        _writer.WriteString("name", company.Name);
        WriteTexts("domains", company.Domains);
        _writer.WriteBoolean("isGlobal", company.IsGlobal);
        WriteMerge(company);
        WriteValues(tenant.CompanyFields, company.Values);
    }

    private void WriteMerge(Entity entity)
    {
        if (entity.MergedInto is { } survivor)
        {
            _writer.WriteNumber("mergedInto", survivor.Id);
        }
    }

    private void WriteListHead(AffinityList list)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("id", list.Id);
        _writer.WriteString("name", list.Name);
        _writer.WriteString("type", list.Type.WireName());
        _writer.WriteBoolean("isPublic", list.IsPublic);
        _writer.WriteNumber("ownerId", list.OwnerId);
        if (list.SharedWith.Count > 0)
        {
            _writer.WritePropertyName("sharedWith");
            JsonSerializer.Serialize(_writer, list.SharedWith, SeedJson.Options);
        }

        WriteFields("fields", list.OwnFields.Fields);
    }

    private void WriteSavedView(SavedView view)
    {
        _writer.WriteNumber("id", view.Id);
        _writer.WriteString("name", view.Name);
        _writer.WriteString("type", view.Type.WireName());
        if (view.CreatedAt is { } createdAt)
        {
            _writer.WriteString("createdAt", createdAt);
        }

        if (view.Filters is { } filters)
        {
            _writer.WritePropertyName("filters");
            _writer.WriteRawValue(filters);
        }

        WriteTexts("fieldIds", view.FieldIds);
    }

    private void WriteEntry(ListEntry entry)
    {
        _writer.WriteNumber("id", entry.Id);
        _writer.WriteNumber("entityId", entry.Entity.Id);
        if (entry.Entity is Opportunity opportunity)
        {
            _writer.WriteString("name", opportunity.Name);
        }

        _writer.WriteString("createdAt", entry.CreatedAt);
        if (entry.CreatorId is { } creator)
        {
            _writer.WriteNumber("creatorId", creator);
        }

        if (entry.IsRestricted)
        {
            _writer.WriteBoolean("isRestricted", true);
        }

        var hidden = entry.List.Fields.Where(field => !entry.IsRestricted && entry.Hides(field)).Select(field => field.Id).ToArray();
        if (hidden.Length > 0)
        {
            WriteTexts("hiddenFields", hidden);
        }

        WriteValues(entry.List.OwnFields.Fields, entry.Values);
    }

    private void WriteWebhook(WebhookSubscription webhook)
    {
        _writer.WriteNumber("id", webhook.Id);
        _writer.WriteString("url", webhook.Url.OriginalString);
        WriteTexts("subscriptions", webhook.Events);
        _writer.WriteBoolean("isActive", webhook.IsActive);
        if (webhook.CreatorId is { } creator)
        {
            _writer.WriteNumber("creatorId", creator);
        }

        _writer.WriteString("createdAt", webhook.CreatedAt);
        if (webhook.UpdatedAt is { } updatedAt)
        {
            _writer.WriteString("updatedAt", updatedAt);
        }
    }

    private void WriteFields(string name, IEnumerable<Field> fields)
    {
        _writer.WriteStartArray(name);
        foreach (var field in fields)
        {
            _writer.WriteStartObject();
            _writer.WriteString("id", field.Id);
            _writer.WriteString("name", field.Name);
            _writer.WriteString("type", field.Type.WireName());
            _writer.WriteString("valueType", field.ValueType.WireName());
            _writer.WritePropertyName("traits");
            JsonSerializer.Serialize(_writer, field.Traits, SeedJson.Options);
            if (field.ValueType.HasOptions())
            {
                _writer.WritePropertyName("options");
                JsonSerializer.Serialize(_writer, field.Options, SeedJson.Options);
            }

            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void WriteValues(IReadOnlyList<Field> fields, FieldValues values)
    {
        _writer.WriteStartObject("values");
        lock (values.Gate)
        {
            foreach (var field in fields)
            {
                var value = values.Get(field.Slot);
                if (!value.IsEmpty)
                {
                    _writer.WritePropertyName(field.Id);
                    SeedJson.WriteValue(_writer, field, value);
                }
            }
        }

        _writer.WriteEndObject();
    }

    private void WriteTexts(string name, IEnumerable<string> texts)
    {
        _writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            _writer.WriteStringValue(text);
        }

        _writer.WriteEndArray();
    }
}
