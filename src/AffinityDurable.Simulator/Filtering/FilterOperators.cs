namespace AffinityDurable.Simulator.Filtering;

/// <summary>The comparisons of the filter language: one of them, or those that a property takes.</summary>
[Flags]
internal enum FilterOperators
{
    None = 0,

    /// <summary><c>=</c>, and with it <c>!=</c>, <c>=*</c> and <c>!=*</c>.</summary>
    Equal = 1,

    /// <summary><c>=^</c></summary>
    StartsWith = 2,

    /// <summary><c>=$</c></summary>
    EndsWith = 4,

    /// <summary><c>=~</c></summary>
    Contains = 8,

    /// <summary><c>&gt;</c></summary>
    Greater = 16,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual = 32,

    /// <summary><c>&lt;</c></summary>
    Less = 64,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual = 128,

    Text = Equal | StartsWith | EndsWith | Contains,

    Order = Greater | GreaterOrEqual | Less | LessOrEqual,
}
