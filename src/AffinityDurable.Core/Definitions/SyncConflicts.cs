using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>Finds syncs that would overwrite each other night after night.</summary>
public static class SyncConflicts
{
    /// <summary>Syncs that write one field of one list under the same name or id. Needs no network, so a name and an id of one field go unnoticed.</summary>
    public static IReadOnlyList<Problem> Find(IEnumerable<SyncDefinition> definitions) => Among(
        from definition in definitions
        from mapping in definition.EveryMapping
        select new Writer(definition, mapping, $"{definition.ListId}/{mapping.Field}", $"'{mapping.Field}' of list {definition.ListId}"));

    /// <summary>Syncs that write one field, however they name it; fields of the companies or persons behind lists also across lists.</summary>
    public static IReadOnlyList<Problem> Find(IEnumerable<ResolvedSync> syncs) => Among(
        from sync in syncs
        from field in sync.EveryField
        select new Writer(
            sync.Definition,
            field.Mapping,
            field.Field.IsListField ? $"list {sync.List.Id}/{field.Field.Id}" : $"{sync.List.Type}/{field.Field.Id}",
            field.Field.IsListField ? $"\"{field.Field.Name}\" ({field.Field.Id}) of list {sync.List.Id}" : $"\"{field.Field.Name}\" ({field.Field.Id}) of every {sync.List.Type}"));

    private static IReadOnlyList<Problem> Among(IEnumerable<Writer> writers) =>
    [
        .. from same in writers.GroupBy(writer => writer.Target, StringComparer.Ordinal)
           let first = same.First()
           from other in same.Skip(1)
           where other.Definition.Sync != first.Definition.Sync
           select Problem.Of(
               DefinitionErrors.FieldConflict,
               $"The syncs '{first.Definition.Sync}'{Place(first)} and '{other.Definition.Sync}' both write {other.Name}.",
               file: other.Definition.File,
               line: other.Mapping.Line),
    ];

    private static string Place(Writer writer) => writer.Definition.File is { } file ? $" ({file}, line {writer.Mapping.Line})" : "";

    private sealed record Writer(SyncDefinition Definition, FieldMapping Mapping, string Target, string Name);
}
