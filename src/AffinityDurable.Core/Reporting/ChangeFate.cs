using AffinityDurable.Core.Applying;

namespace AffinityDurable.Core.Reporting;

/// <summary>What became of a planned change.</summary>
public enum ChangeFate
{
    /// <summary>Affinity acknowledged it.</summary>
    Written,

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
    public static ChangeFate Of(SettledField? settled) => settled?.Line.Kind switch
    {
        null => ChangeFate.Deferred,
        JournalKind.Drift => ChangeFate.Drifted,
        JournalKind.Refused => ChangeFate.Refused,
        _ => ChangeFate.Written,
    };
}
