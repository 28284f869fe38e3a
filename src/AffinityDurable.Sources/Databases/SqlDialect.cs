namespace AffinityDurable.Sources.Databases;

/// <summary>What has to be known of a database's SQL to tell parameters from everything else.</summary>
internal sealed record SqlDialect
{
    /// <summary>How the database writes its parameter of a one-based number.</summary>
    public required Func<int, string> Placeholder { get; init; }

    /// <summary>So many parameters fit into one query.</summary>
    public required int MostParameters { get; init; }

    /// <summary>Words that may begin a query.</summary>
    public required IReadOnlyList<string> Beginnings { get; init; }

    /// <summary>Words that stand in no SELECT and would begin another statement.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>Text between <c>$$</c> or <c>$tag$</c> is a string.</summary>
    public bool HasDollarQuotes { get; init; }

    /// <summary><c>[name]</c> is a name.</summary>
    public bool HasBrackets { get; init; }

    /// <summary>A backslash in a string escapes the next character.</summary>
    public bool HasBackslashes { get; init; }

    /// <summary>A backslash does so in strings that begin with <c>E'</c>.</summary>
    public bool HasEscapeStrings { get; init; }

    /// <summary><c>//</c> begins a comment.</summary>
    public bool HasSlashComments { get; init; }

    /// <summary>Comments in <c>/* */</c> can hold others.</summary>
    public bool NestsComments { get; init; }

    /// <summary>The character with which the database writes parameters itself; a query may not hold one of its own.</summary>
    public required char PlaceholderSign { get; init; }
}
