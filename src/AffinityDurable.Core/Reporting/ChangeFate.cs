using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reporting;

/// <summary>What became of a planned change.</summary>
public enum ChangeFate
{
    /// <summary>Affinity acknowledged it.</summary>
    Written,

    /// <summary>Affinity acknowledged it, and showed another value when it was read back.</summary>
    Mismatched,

    /// <summary>The value changed in Affinity since the plan: left alone.</summary>
    Drifted,

    /// <summary>Affinity refused it.</summary>
    Refused,

    /// <summary>Left for a later run.</summary>
    Deferred,
}

/// <summary>Reads fates off the journal.</summary>
internal static class ChangeFates
{
    /// <param name="settled">How the field was settled; null when it was not.</param>
    /// <param name="after">The value that was to be written.</param>
    /// <param name="readBack">What was read back of it; null when it was not.</param>
    public static ChangeFate Of(SettledField? settled, FieldValue? after, LiveValue? readBack) => settled?.Line.Kind switch
    {
        null => ChangeFate.Deferred,
        JournalKind.Drift => ChangeFate.Drifted,
        JournalKind.Refused => ChangeFate.Refused,
        _ => readBack is { State: LiveState.Known } shown && !Equals(shown.Value, after) ? ChangeFate.Mismatched : ChangeFate.Written,
    };
}
