using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Planning;

/// <summary>Where a value comes from, and what other sources said instead. Holds values: it is stored and shown, never logged.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Column">Its column.</param>
/// <param name="Line">Line of the row, where the source has lines.</param>
/// <param name="MatchedBy">Position of the match rule that found the entry, from 0.</param>
/// <param name="AsOf">Of when the row is; null where it does not say it.</param>
public sealed record Provenance(string Source, string Column, long? Line, int? MatchedBy, DateOnly? AsOf)
{
    /// <summary>Other values that there were, in order of precedence.</summary>
    public IReadOnlyList<IgnoredValue> Ignored { get; init; } = [];

    /// <summary>As people read it: <c>warehouse, as of 2026-11-22; preqin's 12.1 ignored: older</c>.</summary>
    [JsonIgnore]
    public string Text => string.Concat([Source, Day(AsOf), .. Ignored.Select(value => $"; {value.Text}")]);

    private static string Day(DateOnly? day) => day is { } known ? FormattableString.Invariant($", as of {known:yyyy-MM-dd}") : "";
}

/// <summary>A value of a source that was not taken.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Value">Its cell.</param>
/// <param name="AsOf">Of when the row is; null where it does not say it.</param>
/// <param name="Reason">Why it was not taken.</param>
public sealed record IgnoredValue(string Source, string Value, DateOnly? AsOf, IgnoredReason Reason)
{
    internal string Text => $"{Source}'s {Values.Excerpt.Of(Value)} ignored: {Why}";

    private string Why => Reason switch
    {
        IgnoredReason.TooOld when AsOf is { } day => FormattableString.Invariant($"too old, as of {day:yyyy-MM-dd}"),
        IgnoredReason.TooOld => "too old",
        IgnoredReason.Older => "older",
        _ => "lower precedence",
    };
}

/// <summary>Why a value was not taken.</summary>
public enum IgnoredReason
{
    /// <summary>The source comes later, and its row is no older.</summary>
    LowerPrecedence,

    /// <summary>The source comes later, and its row is older.</summary>
    Older,

    /// <summary>The row is older than its source allows.</summary>
    TooOld,
}
