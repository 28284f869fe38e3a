namespace AffinityDurable.Core.Values;

/// <summary>What an answer of Affinity said about one field of one entry.</summary>
/// <param name="State">Whether <see cref="Value"/> is the whole truth.</param>
/// <param name="Value">The value when <see cref="State"/> is <see cref="LiveState.Known"/>; for <see cref="LiveState.Truncated"/> the part that was sent.</param>
public readonly record struct LiveValue(LiveState State, FieldValue? Value)
{
    public static LiveValue NotRequested => default;

    public static LiveValue Hidden => new(LiveState.Hidden, null);

    public static LiveValue Opaque => new(LiveState.Opaque, null);

    public static LiveValue Known(FieldValue? value) => new(LiveState.Known, value);
}

/// <summary>States of a <see cref="LiveValue"/>.</summary>
public enum LiveState
{
    /// <summary>The field was not in the answer (<c>fields</c> absent or <c>[]</c>): nothing is known, it is not empty.</summary>
    NotRequested = 0,

    /// <summary>The value is known; null means empty.</summary>
    Known,

    /// <summary>A restricted opportunity: <c>type: hidden</c>. Not empty, and not writable.</summary>
    Hidden,

    /// <summary>A set of which only the first 100 items were sent.</summary>
    Truncated,

    /// <summary>A type or shape that this version does not know. Never compared, never written.</summary>
    Opaque,
}
