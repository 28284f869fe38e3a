using System.Globalization;

namespace AffinityDurable.Sources.Databases;

/// <summary>A query in the database's own spelling, and the values of its parameters in their order.</summary>
internal sealed record BoundQuery(string Text, IReadOnlyList<BoundParameter> Parameters)
{
    /// <summary>A place in the query in words, where the database gives one; parameters move columns but not lines.</summary>
    /// <param name="position">In characters, one-based; 0 for none.</param>
    public string PlaceOf(int position) => position < 1 || position > Text.Length
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", in line {Text.AsSpan(0, position - 1).Count('\n') + 1} of the query");
}

/// <summary>A value that is sent beside the query.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">The value; null for an empty list, so that nothing equals it.</param>
internal sealed record BoundParameter(ParameterType Type, object? Value);
