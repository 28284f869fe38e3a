using System.Globalization;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Webhooks;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Finds what the path of a request names.</summary>
internal static class Lookup
{
    /// <exception cref="ApiException">404, also for a list that is not shared with the user; 400 for an id outside 1 to 2^53 - 1.</exception>
    public static AffinityList List(HttpContext context, Tenant tenant)
    {
        var id = Id(context, "listId");
        return tenant.FindList(id) is { } list && list.IsVisibleTo(Call.Of(context).Key.User) ? list : throw NotFound("List", id);
    }

    /// <exception cref="ApiException">404, 400, or 422 when the entry's entity was merged away.</exception>
    public static ListEntry Entry(HttpContext context, AffinityList list)
    {
        var id = Id(context, "listEntryId");
        var entry = list.FindEntry(id) ?? throw NotFound("List entry", id);
        ThrowIfMerged(entry.Entity);
        return entry;
    }

    /// <exception cref="ApiException">404, 400, or 422 when the company or person was merged away.</exception>
    public static Model.Entity Entity(HttpContext context, Tenant tenant, EntityKind kind)
    {
        var id = Id(context, kind.IdName);
        var entity = tenant.FindEntity(kind.Type, id) ?? throw NotFound(kind.OperationName, id);
        ThrowIfMerged(entity);
        return entity;
    }

    /// <exception cref="ApiException">404, also for a field that the version does not show.</exception>
    public static Field Field(HttpContext context, AffinityList list) => Shown(context, list.FindField(FieldId(context)));

    /// <inheritdoc cref="Field(HttpContext, AffinityList)"/>
    public static Field Field(HttpContext context, Tenant tenant, EntityKind kind) =>
        Shown(context, tenant.EntityFields(kind.Type).Find(FieldId(context)));

    /// <summary>The fields of a list that the version shows, ordered by id.</summary>
    public static Field[] Fields(HttpContext context, AffinityList list) => Call.Of(context).Version.Shown(list.FieldsById);

    /// <summary>The fields of companies or persons that the version shows, ordered by id.</summary>
    public static Field[] Fields(HttpContext context, Tenant tenant, EntityKind kind) =>
        Call.Of(context).Version.Shown(tenant.EntityFields(kind.Type).ById);

    /// <exception cref="ApiException">404, or 400 for an id outside 1 to 2^53 - 1.</exception>
    public static SavedView SavedView(HttpContext context, AffinityList list)
    {
        var id = Id(context, "viewId");
        return list.FindSavedView(id) ?? throw NotFound("Saved view", id);
    }

    /// <exception cref="ApiException">404, or 400 for an id outside 1 to 2^53 - 1.</exception>
    public static WebhookSubscription Webhook(HttpContext context, Tenant tenant)
    {
        var id = Id(context, "webhookId");
        return tenant.Subscriptions.Find(id) ?? throw NotFound("Webhook", id);
    }

    public static string FieldId(HttpContext context) => (string)context.Request.RouteValues["fieldId"]!;

    private static Field Shown(HttpContext context, Field? field) => field is not null && Call.Of(context).Version.Shows(field)
        ? field
        : throw ApiException.NotFound("Field", FieldId(context));

    private static void ThrowIfMerged(Model.Entity entity)
    {
        if (entity.MergedInto is not null)
        {
            throw ApiException.Merged(entity.Id, entity.Survivor.Id);
        }
    }

    /// <exception cref="ApiException">400: no integer of 1 to 2^53 - 1.</exception>
    public static long Id(HttpContext context, string name)
    {
        var text = (string)context.Request.RouteValues[name]!;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id))
        {
            throw ApiException.Invalid(name, "value at root is not an integer");
        }

        return id switch
        {
            < 1 => throw ApiException.Invalid(name, "number at root is less than: 1"),
            > ScalarReader.LargestId => throw ApiException.Invalid(name, $"number at root is greater than: {ScalarReader.LargestId}"),
            _ => id,
        };
    }

    public static ApiException NotFound(string what, long id) => ApiException.NotFound(what, id.ToString(CultureInfo.InvariantCulture));
}
