using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>
/// The id v1 gives every value. The simulator stores none: it derives the id from the cell, and from the value where values are records of
/// their own. So the creation, the updates and the deletion of a value agree on it, also after a restart.
/// </summary>
internal static class ValueId
{
    public static long Of(FieldValueChange change, in ValueEvent happened)
    {
        var owner = change.Entry is { } entry ? $"entry {entry.Id}" : $"entity {V1Types.Of(change.Entity)} {change.Entity.Id}";
        var record = happened.IsOwnRecord ? Text(change.Field, happened.Value) : "";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}/{change.Field.Id}/{record}"));
        return (BinaryPrimitives.ReadInt64LittleEndian(hash) & ScalarReader.LargestId) | 1;
    }

    private static string? Text(Field field, FieldValue value) => field.ValueType switch
    {
        FieldValueType.FilterableTextMulti => value.AsText,
        FieldValueType.NumberMulti => value.AsNumber.ToString("R", CultureInfo.InvariantCulture),
        FieldValueType.LocationMulti => value.AsLocation.ToString(),
        _ => value.AsId.ToString(CultureInfo.InvariantCulture),
    };
}
