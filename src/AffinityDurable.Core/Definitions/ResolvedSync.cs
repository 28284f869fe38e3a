using System.Text.Json.Serialization;
using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Definitions;

/// <summary>A definition checked against the live list: what a run works with from start to end. Survives JSON.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="List">The list.</param>
/// <param name="Fields">The mapped fields in the order of the definition; rows are aligned with them, snapshots with <see cref="EveryField"/>.</param>
public sealed record ResolvedSync(SyncDefinition Definition, AffinityList List, IReadOnlyList<ResolvedField> Fields)
{
    /// <summary>The health rules; null for none.</summary>
    public ResolvedHealth? Health { get; init; }

    /// <summary>The mapped fields and, behind them, the one that keeps the health, then the stamps: what is read, and all that is ever written.</summary>
    [JsonIgnore]
    public IReadOnlyList<ResolvedField> EveryField =>
        [.. Fields, .. new[] { Health?.WriteTo?.Field, Stamp?.Source, Stamp?.AsOf }.OfType<ResolvedField>()];

    /// <summary>The fields that say where values come from; null for none.</summary>
    public ResolvedStamp? Stamp { get; init; }

    /// <summary>The fields that rows match by, in the order of their rules.</summary>
    public IReadOnlyList<ResolvedKey> Keys { get; init; } = [];

    /// <summary>The field that says which entries the sync is about; null where none does.</summary>
    public ResolvedScope? Scope { get; init; }

    /// <summary>The fields whose change starts runs.</summary>
    public IReadOnlyList<ResolvedTrigger> OnField { get; init; } = [];

    /// <summary>What is read of every entry: <see cref="EveryField"/>, and behind them the fields of <see cref="Keys"/> and <see cref="Scope"/> that are not mapped.</summary>
    [JsonIgnore]
    public IReadOnlyList<AffinityField> ReadFields =>
        [.. EveryField.Select(mapped => mapped.Field).Concat(Keys.Select(key => key.Field)).Concat(Scope is { } scope ? [scope.Field] : []).DistinctBy(read => read.Id, StringComparer.Ordinal)];

    /// <summary>ETag of the definition that the run was frozen with; empty outside a run.</summary>
    public string DefinitionETag { get; init; } = "";

    /// <summary>Folder where relative paths of the definition start.</summary>
    public string BaseDirectory { get; init; } = "";
}
