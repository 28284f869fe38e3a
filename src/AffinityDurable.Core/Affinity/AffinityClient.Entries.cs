using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <content>Rows of a list: reading and writing their fields.</content>
public sealed partial class AffinityClient
{
    /// <summary>A page of a list's entries with the values of these fields.</summary>
    /// <param name="listId">The list.</param>
    /// <param name="fields">The fields to read; without any, entries come without values.</param>
    /// <param name="nextUrl">The next page as the page before gave it; null for the first.</param>
    public Task<Answer<EntryPage>> EntriesPageAsync(long listId, IReadOnlyList<AffinityField> fields, Uri? nextUrl, CancellationToken cancellationToken)
    {
        var reading = new EntryReading(fields);
        return GetAsync(
            nextUrl ?? FirstEntriesPage(listId, fields),
            root => new EntryPage(PageReading.Items(root, reading.Entry), PageReading.NextUrl(root)),
            cancellationToken);
    }

    /// <summary>Address of the first page of <see cref="EntriesPageAsync"/>.</summary>
    public Uri FirstEntriesPage(long listId, IReadOnlyList<AffinityField> fields) =>
        transport.Address.Page($"lists/{listId}/list-entries", "fieldIds", fields.Select(field => field.Id));

    /// <summary>A saved view of a list.</summary>
    public Task<Answer<SavedView>> SavedViewAsync(long listId, long viewId, CancellationToken cancellationToken) =>
        GetAsync(transport.Address.Of($"lists/{listId}/saved-views/{viewId}"), view => new SavedView(view.Id(), view.Required("name"), view.Required("type")), cancellationToken);

    /// <summary>Address of the first page of <see cref="ViewPageAsync"/>.</summary>
    public Uri FirstViewPage(long listId, long viewId) => transport.Address.Page($"lists/{listId}/saved-views/{viewId}/list-entries");

    /// <summary>The ids of a page of the entries that a saved view shows.</summary>
    public Task<Answer<Page<long>>> ViewPageAsync(Uri page, CancellationToken cancellationToken) =>
        GetPageAsync(page, entry => entry.Id(), cancellationToken);

    /// <summary>One entry with the values of these fields.</summary>
    public Task<Answer<ListEntry>> EntryAsync(long listId, long entryId, IReadOnlyList<AffinityField> fields, CancellationToken cancellationToken)
    {
        var reading = new EntryReading(fields);
        return GetAsync(
            transport.Address.Of($"lists/{listId}/list-entries/{entryId}", "fieldIds", fields.Select(field => field.Id)),
            reading.Entry,
            cancellationToken);
    }

    /// <summary>The values of these fields of one entry, by field id.</summary>
    /// <remarks>Pages of 100; Affinity's own default here is 20.</remarks>
    public async Task<Answer<IReadOnlyDictionary<string, LiveValue>>> EntryFieldsAsync(
        long listId,
        long entryId,
        IReadOnlyList<AffinityField> fields,
        CancellationToken cancellationToken)
    {
        var reading = new EntryReading(fields);
        var first = transport.Address.Page($"lists/{listId}/list-entries/{entryId}/fields", "ids", fields.Select(field => field.Id));
        var pages = await AllAsync(next => GetAsync(
            next ?? first,
            root => new Page<IReadOnlyDictionary<string, LiveValue>>([reading.Values(root.GetProperty("data"u8))], PageReading.NextUrl(root)),
            cancellationToken));
        return pages.Map<IReadOnlyDictionary<string, LiveValue>>(
            all => all.SelectMany(values => values).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal));
    }

    /// <summary>A whole set: for one that came <see cref="LiveState.Truncated"/>, since other reads send at most 100 items of it.</summary>
    /// <exception cref="ArgumentException">The field is not a multi-value that can be written.</exception>
    public async Task<Answer<LiveValue>> FieldValuesAsync(long listId, long entryId, AffinityField field, CancellationToken cancellationToken)
    {
        if (AffinityValueTypes.Find(field.ValueType) is not SetValueType type)
        {
            throw new ArgumentException($"Field {field.Id} of type {field.ValueType} holds no set.", nameof(field));
        }

        var reading = new SetReading(type);
        var first = transport.Address.Page($"lists/{listId}/list-entries/{entryId}/fields/{Uri.EscapeDataString(field.Id)}/values");
        var pages = await AllAsync(next => GetAsync(next ?? first, reading.Page, cancellationToken));
        return pages.Map(SetReading.Whole);
    }

    /// <summary>The newest change of a list field of an entry; null when Affinity knows of none: it tracks some fields and not others.</summary>
    public async Task<Answer<ValueChange?>> NewestChangeAsync(long entryId, AffinityField field, CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($"field.id={field.Id} & listEntry.id={entryId}");
        var uri = transport.Address.Of($"field-value-changes?limit=1&orderBy=-changedAt&filter={filter}");
        var page = await GetPageAsync(uri, new ChangeReading(field).Change, cancellationToken);
        return page.Map(changes => changes.Items.Count == 0 ? null : changes.Items[0]);
    }

    /// <summary>Writes fields of one entry in one call: all of them or, when Affinity refuses one, none.</summary>
    /// <returns>The number of updates written. After <see cref="FaultKind.Unavailable"/> they may be written or not: read before sending them again.</returns>
    /// <exception cref="ArgumentException">
    /// None or more than 100 updates, or two for one field: Affinity would take the last one without a word. For more, make one
    /// call per <c>updates.Chunk(100)</c> and look at the limits in between.
    /// </exception>
    public async Task<Answer<int>> UpdateEntryFieldsAsync(long listId, long entryId, IReadOnlyList<FieldUpdate> updates, CancellationToken cancellationToken)
    {
        UpdateRules.ThrowIfUnsound(updates);
        var body = UpdateBody.Of(updates);
        var call = new AffinityCall<int>(HttpMethod.Patch, transport.Address.Of($"lists/{listId}/list-entries/{entryId}/fields"), body.Bytes, Read: null)
        {
            Acknowledged = updates.Count,
        };
        var answer = await transport.SendAsync(call, cancellationToken);
        if (answer is { Succeeded: true, Calls: 1 })
        {
            body.Release();
        }

        return answer;
    }
}
