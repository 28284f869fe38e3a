namespace AffinityDurable.Core.Matching;

/// <summary>What a row turned out to speak about.</summary>
public enum MatchKind
{
    /// <summary>No entry. Normal: sources know more companies than a list holds.</summary>
    Unmatched = 0,

    /// <summary>Exactly one entry.</summary>
    Matched,

    /// <summary>Nothing may be written for this row.</summary>
    Rejected,
}

/// <summary>Why a row cannot be matched. <paramref name="Key"/> is the cell that decided it.</summary>
public sealed record MatchRejection(string Code, string Reason, string Cure, string Key);

/// <summary>Result of matching one row.</summary>
public readonly record struct MatchResult
{
    private MatchResult(MatchKind kind, int ordinal, int rule, MatchRejection? rejection)
    {
        Kind = kind;
        Ordinal = ordinal;
        Rule = rule;
        Rejection = rejection;
    }

    public MatchKind Kind { get; }

    /// <summary>Position in the <see cref="EntryIndex"/> when <see cref="MatchKind.Matched"/>.</summary>
    public int Ordinal { get; }

    /// <summary>Position of the match rule that found the entry, from 0.</summary>
    public int Rule { get; }

    public MatchRejection? Rejection { get; }

    public static MatchResult Unmatched => default;

    public static MatchResult Matched(int ordinal, int rule) => new(MatchKind.Matched, ordinal, rule, null);

    public static MatchResult Rejected(MatchRejection rejection) => new(MatchKind.Rejected, -1, -1, rejection);
}
