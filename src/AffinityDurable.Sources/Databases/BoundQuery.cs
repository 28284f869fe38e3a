namespace AffinityDurable.Sources.Databases;

/// <summary>A query in the database's own spelling, and the values of its parameters in their order.</summary>
internal sealed record BoundQuery(string Text, IReadOnlyList<BoundParameter> Parameters);

/// <summary>A value that is sent beside the query.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">The value; null for an empty list, so that nothing equals it.</param>
internal sealed record BoundParameter(ParameterType Type, object? Value);
