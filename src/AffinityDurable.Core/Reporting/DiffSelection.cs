using AffinityDurable.Core.Planning;

namespace AffinityDurable.Core.Reporting;

/// <summary>Applies a <see cref="DiffFilter"/> to a plan.</summary>
/// <param name="filter">The filter.</param>
/// <param name="fieldId">The field that it names.</param>
/// <param name="byDomain">Entries with a domain that it names: domains are in the snapshot only.</param>
internal sealed class DiffSelection(DiffFilter filter, string? fieldId, IReadOnlySet<long> byDomain)
{
    public bool Takes(EntryChange entry) =>
        (filter.EntryId is not { } wanted || wanted == entry.EntryId)
        && (filter.Company is not { } part || HasPart(entry.Name, part) || byDomain.Contains(entry.EntryId));

    public IEnumerable<FieldChange> From(EntryChange entry) =>
        entry.Fields.Where(field => (fieldId is null || fieldId == field.FieldId) && (filter.Reason is not { } reason || reason == field.Reason));

    public static bool HasPart(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
