using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Affinity;

/// <summary>Fields and updates for tests.</summary>
internal static class Fields
{
    public static AffinityField Of(string valueType, string id = "field-1", string type = "list") => new(id, $"Name of {id}", type, valueType);

    public static AffinityValueType Type(string valueType) =>
        AffinityValueTypes.Find(valueType) ?? throw new InvalidOperationException($"{valueType} is not writable.");

    public static FieldUpdate Number(string id, decimal? number) =>
        new(id, Type("number"), number is null ? null : new NumberValue(number.Value));

    public static IReadOnlyList<FieldUpdate> Numbers(int count) => [.. Enumerable.Range(1, count).Select(n => Number($"field-{n}", n))];
}
