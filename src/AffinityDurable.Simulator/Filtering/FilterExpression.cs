namespace AffinityDurable.Simulator.Filtering;

/// <summary>A filter as it was written, not yet bound to the properties of anything.</summary>
internal abstract record FilterExpression
{
    /// <summary>The parts that all must hold: those of an <c>&amp;</c>, or the expression itself.</summary>
    public IEnumerable<FilterExpression> Conjuncts => this is All all ? all.Parts.SelectMany(part => part.Conjuncts) : [this];

    /// <summary><c>&amp;</c></summary>
    internal sealed record All(IReadOnlyList<FilterExpression> Parts) : FilterExpression;

    /// <summary><c>|</c></summary>
    internal sealed record Any(IReadOnlyList<FilterExpression> Parts) : FilterExpression;

    /// <summary><c>!</c></summary>
    internal sealed record Not(FilterExpression Part) : FilterExpression;

    /// <summary>A property, an operator and the text to compare with, its quotes and escapes taken off.</summary>
    internal sealed record Comparison(string Property, FilterOperators Operator, string Value) : FilterExpression;

    /// <summary><c>=*</c>: the property is not null.</summary>
    internal sealed record Presence(string Property) : FilterExpression;
}
