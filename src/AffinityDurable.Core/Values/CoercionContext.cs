using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Values;

/// <summary>What coercing and rendering one mapped field needs to know besides the value.</summary>
public sealed class CoercionContext
{
    /// <summary>The field, named in messages.</summary>
    public required AffinityField Field { get; init; }

    /// <summary>Options of a dropdown field; empty for others.</summary>
    public IReadOnlyList<DropdownOption> Options { get; init; } = [];

    /// <summary>How text is to be read where it is not invariant, see the definition reference; null for invariant.</summary>
    public string? Format { get; init; }

    /// <summary>Separates the items of a multi-value in one cell.</summary>
    public string Separator { get; init; } = ";";

    /// <summary>The zone in which source timestamps become calendar days.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The same without a format, for what is written invariant.</summary>
    internal CoercionContext WithoutFormat =>
        Format is null ? this : field ??= new CoercionContext { Field = Field, Options = Options, Separator = Separator, TimeZone = TimeZone };

    /// <summary>The options by id and by text, built once.</summary>
    internal OptionIndex OptionIndex => field ??= new OptionIndex(Options);
}
