using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Filtering;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The feed of changes, of all that the user may see or of one entry.</summary>
internal sealed class FieldValueChangeEndpoints(Simulation simulation)
{
    private const string ChangedAt = "changedAt";

    private static readonly QueryParameter Filter =
        new("filter", Shape.Text, "Only these changes, such as changedAt>2026-01-01T00:00:00Z & (field.id=field-1 | actionType=delete).");

    private static readonly QueryParameter OrderBy =
        new("orderBy", Shape.Array(Shape.OneOf(ChangedAt, $"-{ChangedAt}")), "The oldest first, or the newest.");

    private static readonly FilterProperties<LoggedChange> OfEntry = Properties();

    private static readonly FilterProperties<LoggedChange> OfAll =
        Properties().Integer("listEntry.id", FilterOperators.Equal, (in LoggedChange change) => change.Entry?.Id);

    public void Map(ApiRoutes api)
    {
        api.Map(new Operation("GET", "/v2/field-value-changes", GetAll)
        {
            Id = "getFieldValueChanges",
            Summary = "What became of the values of tracked fields, in the order in which it happened.",
            Query = [Filter, OrderBy, .. QueryParameter.Page()],
            Answer = Shape.PageOf(Shapes.FieldValueChange),
        });
        api.Map(new Operation("GET", "/v2/lists/{listId}/list-entries/{listEntryId}/field-value-changes", GetOfEntry)
        {
            Id = "getListEntryFieldValueChanges",
            Summary = "What became of the list fields of one entry.",
            Query = [Filter, .. QueryParameter.Page()],
            Answer = Shape.PageOf(Shapes.FieldValueChange),
        });
    }

    private static FilterProperties<LoggedChange> Properties() => new FilterProperties<LoggedChange>()
        .Text("field.id", FilterOperators.Equal, (in LoggedChange change) => change.Field.Id)
        .Integer("changer.id", FilterOperators.Equal, (in LoggedChange change) => change.ChangerId)
        .Instant(ChangedAt, FilterOperators.Order, (in LoggedChange change) => change.At)
        .Text("actionType", FilterOperators.Equal, (in LoggedChange change) => change.Action.WireName());

    private Task GetAll(HttpContext context)
    {
        var call = Call.Of(context);
        return Send(context, OfAll, (in LoggedChange change) => IsVisible(change, call), IsDescending(context));
    }

    private Task GetOfEntry(HttpContext context)
    {
        var entry = Lookup.Entry(context, Lookup.List(context, simulation.Tenant));
        var call = Call.Of(context);
        return Send(context, OfEntry, (in LoggedChange change) => change.Entry == entry && IsVisible(change, call), isDescending: false);
    }

    private Task Send(HttpContext context, FilterProperties<LoggedChange> properties, FilterTest<LoggedChange> isMeant, bool isDescending)
    {
        var changes = simulation.Changes.View;
        var passes = isMeant;
        if (context.Request.Query["filter"] is [{ Length: > 0 } text, ..])
        {
            var filter = FilterParser.Parse(text);
            var holds = properties.Bind(filter, simulation.Behavior);
            changes = changes.Since(Earliest(filter));
            passes = (in LoggedChange change) => holds(change) && isMeant(change);
        }

        var (ids, page) = ChangePage.Of(PageRequest.Of(context), changes, passes, isDescending);
        var changeWriter = new ChangeWriter(simulation.Tenant);
        return Collection.Send(context, page, writer =>
        {
            foreach (var id in ids)
            {
                changeWriter.Write(writer, id, changes[id]);
            }
        });
    }

    /// <summary>Spares a sync of differences the walk through all that it has seen: the filter lets nothing earlier pass.</summary>
    private DateTime Earliest(FilterExpression filter) => filter.Conjuncts
        .OfType<FilterExpression.Comparison>()
        .Where(part => part is { Property: ChangedAt, Operator: FilterOperators.Greater or FilterOperators.GreaterOrEqual })
        .Select(part => FilterInstant.Read(part.Value, simulation.Behavior))
        .Aggregate(DateTime.MinValue, (latest, instant) => instant > latest ? instant : latest);

    /// <summary>Left out are the entries of lists that are not shared with the user, and what reads show as hidden.</summary>
    private static bool IsVisible(in LoggedChange change, Call call) => change.Entry is not { } entry
        || (entry.List.IsVisibleTo(call.Key.User) && (call.Version == ApiVersion.V20240101 || !entry.Hides(change.Field)));

    private static bool IsDescending(HttpContext context)
    {
        var order = context.Request.Query["orderBy"];
        for (var index = 0; index < order.Count; index++)
        {
            if (order[index] is not (ChangedAt or $"-{ChangedAt}"))
            {
                throw ApiException.Invalid("orderBy", $"value at `/{index}` is not one of: [\"{ChangedAt}\", \"-{ChangedAt}\"]");
            }
        }

        return order is [$"-{ChangedAt}", ..];
    }
}
