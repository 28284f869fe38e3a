using System.Text.Json;

namespace AffinityDurable.Core.Values;

/// <summary>Affinity's ids are whole numbers from 1 to 2^53 - 1.</summary>
internal static class AffinityId
{
    private const long Largest = (1L << 53) - 1;

    public static bool IsValid(long id) => id is > 0 and <= Largest;

    public static bool TryReadId(this JsonElement element, out long id)
    {
        id = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out id) && IsValid(id);
    }
}
