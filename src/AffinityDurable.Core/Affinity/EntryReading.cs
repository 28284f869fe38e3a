using System.Text.Json;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <summary>Reads list entries with the values of the fields that were asked for.</summary>
internal sealed class EntryReading(IReadOnlyList<AffinityField> fields)
{
    private static readonly IReadOnlyDictionary<string, LiveValue> NoValues = new Dictionary<string, LiveValue>(0, StringComparer.Ordinal);

    private readonly AffinityValueType?[] types = [.. fields.Select(field => AffinityValueTypes.Find(field.ValueType))];

    private readonly bool holdsCompanies = fields.Any(IsOfCompanies);

    /// <summary>Where the next field is looked for first: entries of a page give their fields in the same order.</summary>
    private int expected;

    public ListEntry Entry(JsonElement entry)
    {
        var entity = entry.GetProperty("entity"u8);
        return new ListEntry(
            entry.Id(),
            entity.Id(),
            entity.Optional("name") ?? AnswerReading.PersonName(entity),
            CompanyReading.Domains(entity),
            entity.TryGetProperty("fields"u8, out var values) ? Values(values) : NoValues)
        {
            Emails = PersonReading.Emails(entity),
            CompanyDomains = holdsCompanies && values.ValueKind == JsonValueKind.Array ? CompanyDomains(values) : null,
        };
    }

    /// <summary>The values of an array of field objects; absent and empty both mean: not requested.</summary>
    public IReadOnlyDictionary<string, LiveValue> Values(JsonElement values)
    {
        if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
        {
            return NoValues;
        }

        var live = new Dictionary<string, LiveValue>(values.GetArrayLength(), StringComparer.Ordinal);
        foreach (var element in values.EnumerateArray())
        {
            var index = IndexOf(element.GetProperty("id"u8));
            if (index >= 0)
            {
                live[fields[index].Id] = Value(element, index);
            }
        }

        return live;
    }

    private Dictionary<string, IReadOnlyList<string>> CompanyDomains(JsonElement values)
    {
        var domains = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var element in values.EnumerateArray())
        {
            var index = IndexOf(element.GetProperty("id"u8));
            if (index >= 0 && IsOfCompanies(fields[index]) && element.TryGetProperty("value"u8, out var value) && CompanyReading.DomainsIn(value) is { Count: > 0 } found)
            {
                domains[fields[index].Id] = found;
            }
        }

        return domains;
    }

    private static bool IsOfCompanies(AffinityField field) => field.ValueType is "company" or "company-multi";

    private LiveValue Value(JsonElement element, int index)
    {
        if (!element.TryGetProperty("value"u8, out var value) || value.ValueKind != JsonValueKind.Object)
        {
            return LiveValue.Opaque;
        }

        // A restricted opportunity: the schema says so on the value, the changelog can be read as on the field.
        if (IsHidden(element) || IsHidden(value))
        {
            return LiveValue.Hidden;
        }

        return types[index]?.Read(value) ?? LiveValue.Opaque;
    }

    private int IndexOf(JsonElement id)
    {
        for (var step = 0; step < fields.Count; step++)
        {
            var index = (expected + step) % fields.Count;
            if (id.ValueEquals(fields[index].Id))
            {
                expected = index + 1;
                return index;
            }
        }

        return -1;
    }

    private static bool IsHidden(JsonElement element) =>
        element.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("hidden"u8);
}
