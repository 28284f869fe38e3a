using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Verifying;

namespace AffinityDurable.Core.Reporting;

/// <summary>Puts the changes of a plan into words.</summary>
/// <param name="sync">The frozen definition.</param>
/// <param name="undone">The run that the plan takes back; null for a plan from a source.</param>
/// <param name="readBack">What was read back of it.</param>
internal sealed class DiffLines(ResolvedSync sync, string? undone, ReadBackValues readBack)
{
    private readonly IReadOnlyDictionary<string, FieldText> texts = FieldText.OfAll(sync);

    /// <param name="entry">The changes of an entry.</param>
    /// <param name="change">One of them.</param>
    /// <param name="settled">The journals of its batch; null where nothing was to be written.</param>
    public DiffLine Of(EntryChange entry, FieldChange change, SettledFields? settled)
    {
        var text = texts[change.FieldId];
        var fate = settled?.Find(entry.EntryId, change.FieldId);
        var row = undone is null ? RowOf(entry, change, text.Field.Mapping) : null;
        return new DiffLine
        {
            EntryId = entry.EntryId,
            EntityId = entry.EntityId,
            Name = entry.Name,
            FieldId = change.FieldId,
            Field = text.Field.Field.Name,
            Reason = change.Reason,
            Before = text.Of(change.Before),
            After = text.Of(change.After),
            File = row?.Source.Place,
            Line = row?.Line,
            Column = row?.Column,
            Origin = change.Origin,
            Match = row is null ? null : ChangeRules.Match(sync.Definition, row.Source, row.MatchedBy),
            Rule = undone is null ? ChangeRules.Of(text.Field.Mapping, change.Reason) : $"undo of {undone}",
            Fate = settled is null ? null : ChangeFates.Of(fate, change.After, readBack.Find(fate?.Line.FollowedTo ?? entry.EntryId, change.FieldId)),
            At = fate?.Line.At,
            Code = fate?.Line.Code,
            Message = fate?.Line.Reason,
        };
    }

    /// <summary>The row behind a change; null where there is none.</summary>
    private BehindChange? RowOf(EntryChange entry, FieldChange change, FieldMapping mapping)
    {
        if (!ChangeRules.HasColumn(mapping))
        {
            return null;
        }

        return change.Origin is { } origin && sync.Definition.FindSource(origin.Source) is { } source
            ? new BehindChange(source, origin.Line, origin.Column, origin.MatchedBy)
            : new BehindChange(sync.Definition.Sources[0], entry.Line, mapping.ColumnOf(sync.Definition.Sources[0]), entry.MatchedBy);
    }

    private sealed record BehindChange(SourceDefinition Source, long? Line, string? Column, int? MatchedBy);
}
