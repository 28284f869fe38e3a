using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Definitions;

/// <summary>A definition against the live list it writes to; frozen into the run.</summary>
public sealed record ResolvedSync(SyncDefinition Definition, AffinityList List, IReadOnlyList<ResolvedField> Fields)
{
    public string? DefinitionETag { get; init; }

    public string BaseDirectory { get; init; } = "";
}

/// <summary>A mapping and the live field it writes to.</summary>
public sealed record ResolvedField(FieldMapping Mapping, AffinityField Field, IReadOnlyList<DropdownOption> Options)
{
    public CoercionContext CoercionContext(TimeZoneInfo timeZone) => new()
    {
        Field = Field,
        Options = Options,
        Format = Mapping.Format,
        Separator = Mapping.Separator,
        TimeZone = timeZone,
    };
}
