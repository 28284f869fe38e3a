using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>
/// Chooses the cell of a field among those of its sources: in order of precedence, the first that is not empty and whose row is not too
/// old. A cell that cannot be weighed ends the search: what comes later is not written in its place.
/// </summary>
internal sealed class CellChooser
{
    private readonly Origin[] origins;
    private readonly int column;
    private readonly TimeZoneInfo timeZone;
    private readonly DateOnly today;

    /// <param name="definition">The definition.</param>
    /// <param name="mapping">The field.</param>
    /// <param name="column">Position of the field among the mapped ones.</param>
    /// <param name="timeZone">The definition's time zone.</param>
    /// <param name="today">Day of the run there.</param>
    public CellChooser(SyncDefinition definition, FieldMapping mapping, int column, TimeZoneInfo timeZone, DateOnly today)
    {
        (this.column, this.timeZone, this.today) = (column, timeZone, today);
        var sources = definition.Sources.Select((source, at) => new Origin(at, source, mapping.ColumnOf(source) ?? "")).Where(origin => origin.Column.Length > 0);
        origins = mapping.From.Count == 0
            ? [.. sources]
            : [.. mapping.From.Join(sources, from => from.Source, origin => origin.Source.Name, (_, origin) => origin)];
    }

    /// <summary>The choice for an entry.</summary>
    /// <param name="rows">Its rows, one place for each source.</param>
    public CellChoice Choose(IReadOnlyList<StagedRow?> rows)
    {
        var none = new CellChoice(null) { IsNull = true };
        for (var at = 0; at < origins.Length; at++)
        {
            if (Weigh(at, rows[origins[at].Position]) is not { } weighed)
            {
                none = none with { IsNull = false };
            }
            else if (weighed.Cell is not null || weighed.Rejection is not null)
            {
                return weighed;
            }
            else if (none.Origin < 0)
            {
                none = weighed with { IsNull = none.IsNull };
            }
        }

        return none;
    }

    /// <summary>Where a chosen value comes from, and what the other sources said that means something else.</summary>
    public Provenance? ProvenanceOf(CellChoice choice, IReadOnlyList<StagedRow?> rows, Func<string, bool> meansTheSame)
    {
        if (choice is not { Origin: >= 0, Row: { } row })
        {
            return null;
        }

        var chosen = origins[choice.Origin];
        return new Provenance(chosen.Source.Name, chosen.Column, row.Line, row.MatchedBy, choice.AsOf)
        {
            Ignored = [.. origins.Select((origin, at) => IgnoredOf(origin, at, rows[origin.Position], choice)).OfType<IgnoredValue>().Where(value => !meansTheSame(value.Value))],
        };
    }

    /// <summary>Name of the chosen source.</summary>
    public string? SourceOf(CellChoice choice) => choice.Origin < 0 ? null : origins[choice.Origin].Source.Name;

    /// <summary>What a row gives: a cell, an empty one, or a reason to stop; null when it says nothing that counts.</summary>
    private CellChoice? Weigh(int at, StagedRow? row)
    {
        if (row is null)
        {
            return null;
        }

        if (row.IsDuplicate)
        {
            return Stopped(at, row, OriginErrors.RowsRejected, $"Source '{origins[at].Source.Name}' has several rows for the entry.");
        }

        var age = AgeOf(origins[at], row);
        var cell = row.Cells[column];
        return age switch
        {
            { IsKnown: false } when cell is not null => Stopped(at, row, OriginErrors.AgeUnknown, Unknown(origins[at], row)),
            { IsKnown: false } or { IsTooOld: true } => null,
            _ => new CellChoice(cell) { Origin = at, Row = row, AsOf = age.Day },
        };
    }

    private static CellChoice Stopped(int at, StagedRow row, ErrorCode code, string reason) =>
        new(null) { Origin = at, Row = row, Rejection = new Rejection(code.Id, reason, code.Cure) };

    private static string Unknown(Origin origin, StagedRow row) => row.AsOf is null
        ? $"'{origin.Source.AsOf!.Column}' of source '{origin.Source.Name}' is empty."
        : $"'{Excerpt.Of(row.AsOf)}' in '{origin.Source.AsOf!.Column}' of source '{origin.Source.Name}' is no date.";

    /// <summary>An empty cell only matters where rows have a limit of age.</summary>
    private RowAge AgeOf(Origin origin, StagedRow row)
    {
        if (origin.Source.AsOf is not { } asOf)
        {
            return new RowAge(null, IsKnown: true, IsTooOld: false);
        }

        if (row.AsOf is null)
        {
            return new RowAge(null, IsKnown: asOf.MaxAge is null, IsTooOld: false);
        }

        return DateFormat.TryParse(row.AsOf, null, timeZone, out var day)
            ? new RowAge(day, IsKnown: true, asOf.MaxAge is { } most && today.DayNumber - day.DayNumber > most.TotalDays)
            : new RowAge(null, IsKnown: false, IsTooOld: false);
    }

    private IgnoredValue? IgnoredOf(Origin origin, int at, StagedRow? row, CellChoice choice)
    {
        if (at == choice.Origin || row is not { IsDuplicate: false } || row.Cells[column] is not { } cell)
        {
            return null;
        }

        var age = AgeOf(origin, row);
        var reason = age.IsTooOld ? IgnoredReason.TooOld
            : age.Day is { } day && choice.AsOf is { } chosen && day < chosen ? IgnoredReason.Older
            : IgnoredReason.LowerPrecedence;
        return new IgnoredValue(origin.Source.Name, cell, age.Day, reason);
    }

    private readonly record struct Origin(int Position, SourceDefinition Source, string Column);

    private readonly record struct RowAge(DateOnly? Day, bool IsKnown, bool IsTooOld);
}
