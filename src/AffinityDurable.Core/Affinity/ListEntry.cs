using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <summary>One row of a list with the entity behind it and the values that were asked for.</summary>
/// <param name="Id">Id of the entry (the row).</param>
/// <param name="EntityId">Id of the company, person or opportunity.</param>
/// <param name="Name">Display name of the entity, where it has one.</param>
/// <param name="Domains">All domains of a company, as Affinity gives them; empty for other entities.</param>
/// <param name="Values">Live values by field id; a field that was not asked for, or is not there, is absent.</param>
public sealed record ListEntry(
    long Id,
    long EntityId,
    string? Name,
    IReadOnlyList<string> Domains,
    IReadOnlyDictionary<string, LiveValue> Values)
{
    /// <summary>All e-mail addresses of a person, as Affinity gives them; null for other entities.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>By field id, the primary domains of the companies in it; null where no field holds companies.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? CompanyDomains { get; init; }

    /// <summary>The live value of a field; <see cref="LiveState.NotRequested"/> where the answer did not hold it.</summary>
    public LiveValue this[string fieldId] => Values.TryGetValue(fieldId, out var value) ? value : LiveValue.NotRequested;
}
