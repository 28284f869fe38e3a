using System.Text;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Applies the filters and columns of saved views, which are read as the newest version reads them.</summary>
internal static class SavedViewRows
{
    /// <summary>The entries of a view in id order.</summary>
    public static ListEntry[] Of(AffinityList list, SavedView view, SearchContext context) =>
        [.. Bind(list, view, context).Run(list.Entries.Select(entry => new SearchRow(entry, entry.Entity))).Select(row => row.Entry!)];

    /// <summary>The fields that the entries of a view show.</summary>
    public static Field[] Columns(AffinityList list, SavedView view) =>
        Array.FindAll(list.FieldsById, field => view.FieldIds.Contains(field.Id, StringComparer.Ordinal));

    /// <exception cref="ArgumentException">The list has no such column, or its fields cannot be filtered like this.</exception>
    public static void Check(AffinityList list, SavedView view)
    {
        var unknown = view.FieldIds.FirstOrDefault(id => list.FindField(id) is null);
        if (unknown is not null)
        {
            throw new ArgumentException($"There is no field '{unknown}' for view '{view.Name}'.", nameof(view));
        }

        try
        {
            _ = Bind(list, view, new SearchContext(list.Tenant, DateTimeOffset.UnixEpoch, new SimulatedBehavior(), Redacts: false));
        }
        catch (ApiException refusal)
        {
            throw new ArgumentException($"The filters of view '{view.Name}' are not valid: {refusal.Message}", nameof(view), refusal);
        }
    }

    private static Search Bind(AffinityList list, SavedView view, SearchContext context)
    {
        var filters = view.Filters is null ? null : SearchBody.ReadFilters(Encoding.UTF8.GetBytes(view.Filters), ApiVersion.V20260917);
        return SearchBinding.Bind(SearchCriteria.All with { Filters = filters }, list.FindField, context);
    }
}
