using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Reads what a stored value refers to. A company or person that was merged away counts as its survivor, as on reads.</summary>
internal sealed class References(Tenant tenant)
{
    /// <summary>The ids in a value of options, companies, persons or lists.</summary>
    public IEnumerable<long> Ids(FieldValueType type, FieldValue value) => type switch
    {
        FieldValueType.Dropdown or FieldValueType.RankedDropdown => [value.AsId],
        FieldValueType.DropdownMulti => value.AsIds,
        FieldValueType.Person or FieldValueType.Company => [Current(type, value.AsId)],
        FieldValueType.PersonMulti or FieldValueType.CompanyMulti => value.AsIds.Select(id => Current(type, id)),
        _ => ListIds(value),
    };

    public long Current(FieldValueType type, long id) => Find(type, id)?.Id ?? id;

    public Entity? Find(FieldValueType type, long id) => type switch
    {
        FieldValueType.Person or FieldValueType.PersonMulti => tenant.FindPerson(id)?.Survivor,
        FieldValueType.Company or FieldValueType.CompanyMulti => tenant.FindCompany(id)?.Survivor,
        _ => null,
    };

    private static long[] ListIds(FieldValue value)
    {
        using var lists = JsonDocument.Parse(value.AsJson.Text);
        return lists.RootElement.ValueKind == JsonValueKind.Array ? [.. lists.RootElement.EnumerateArray().Select(Id)] : [];
    }

    private static long Id(JsonElement list) =>
        list.ValueKind == JsonValueKind.Object && list.TryGetProperty("id", out var id) && id.TryGetInt64(out var number) ? number : 0;
}
