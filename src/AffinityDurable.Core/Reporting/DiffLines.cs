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
        var column = undone is null ? ChangeRules.Column(text.Field.Mapping) : null;
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
            File = column is null ? null : sync.Definition.Source.Place,
            Line = column is null ? null : entry.Line,
            Column = column,
            Match = column is null ? null : ChangeRules.Match(sync.Definition, entry.MatchedBy),
            Rule = undone is null ? ChangeRules.Of(text.Field.Mapping, change.Reason) : $"undo of {undone}",
            Fate = settled is null ? null : ChangeFates.Of(fate, change.After, readBack.Find(fate?.Line.FollowedTo ?? entry.EntryId, change.FieldId)),
            At = fate?.Line.At,
            Code = fate?.Line.Code,
            Message = fate?.Line.Reason,
        };
    }
}
