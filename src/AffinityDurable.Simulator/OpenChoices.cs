using System.Text.Json.Serialization;

namespace AffinityDurable.Simulator;

/// <summary>What <c>param</c> of a validation error in a body may hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BodyErrorParam>))]
public enum BodyErrorParam
{
    /// <summary>The JSON pointer of the value, or <c>root</c>.</summary>
    Pointer,

    /// <summary>The name of the innermost property.</summary>
    Property,
}

/// <summary>What a request that names fields by id and by type together may get.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BothFieldSelections>))]
public enum BothFieldSelections
{
    /// <summary>The fields that either names.</summary>
    Union,

    /// <summary>The fields that both name.</summary>
    Intersection,

    /// <summary>400.</summary>
    Refused,
}
