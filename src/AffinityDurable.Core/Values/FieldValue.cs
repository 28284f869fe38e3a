using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Values;

/// <summary>A value in our canonical form, equal exactly when Affinity would show the same. An empty value is <c>null</c>.</summary>
/// <remarks>Serialises to a self-describing JSON form, so that plans, snapshots and journals can be read without the field's metadata.</remarks>
[JsonConverter(typeof(FieldValueJsonConverter))]
public abstract record FieldValue;

/// <summary>Text, filterable text.</summary>
public sealed record TextValue(string Text) : FieldValue;

/// <summary>A number. Trailing zeros do not matter.</summary>
public sealed record NumberValue(decimal Number) : FieldValue;

/// <summary>A calendar day: Affinity keeps no time of day and returns midnight Pacific.</summary>
public sealed record DateValue(DateOnly Day) : FieldValue;

/// <summary>A location: all five parts are sent on every write, each may be null.</summary>
public sealed record LocationValue(string? StreetAddress, string? City, string? State, string? Country, string? Continent) : FieldValue;

/// <summary>A dropdown option by id.</summary>
public sealed record OptionValue(long Id) : FieldValue;

/// <summary>A person or a company by id.</summary>
public sealed record ReferenceValue(long Id) : FieldValue;
