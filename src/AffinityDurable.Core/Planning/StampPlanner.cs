using System.Globalization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;

namespace AffinityDurable.Core.Planning;

/// <summary>
/// Decides the stamp fields of an entry: the source of the newest row among those whose values the entry shows after the run, and its
/// day. They change whenever they differ, also where no other field of the entry does.
/// </summary>
internal sealed class StampPlanner
{
    private readonly Stamp[] stamps;

    public StampPlanner(ResolvedSync sync, TimeZoneInfo timeZone, LastWrittenIndex lastWritten)
    {
        var every = sync.EveryField.Select(field => field.Field.Id).ToList();
        stamps =
        [
            .. new (ResolvedField? Field, Func<string, DateOnly?, string?> Text)[]
            {
                (sync.Stamp?.Source, (source, _) => source),
                (sync.Stamp?.AsOf, (_, asOf) => asOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            }
            .Where(stamp => stamp.Field is not null)
            .Select(stamp => (Field: stamp.Field!, stamp.Text, Column: every.IndexOf(stamp.Field!.Field.Id)))
            .Select(stamp => new Stamp(new FieldPlanner(stamp.Field, stamp.Column, timeZone, lastWritten), stamp.Column, stamp.Text)),
        ];
    }

    /// <summary>Changes by field. No guard counts them as overwritten: days move on with every export.</summary>
    public IEnumerable<FieldSummary> Summaries =>
        stamps.Select(stamp => stamp.Tally.Summarise(stamp.Planner.Field.Field.Id, stamp.Planner.Field.Field.Name) with { WithLiveValue = 0 });

    public bool HasChange => stamps.Any(stamp => stamp.Decision.IsChange);

    /// <summary>Decides for an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="origins">Source and day of each value that the entry shows after the run.</param>
    public void Decide(EntrySnapshot entry, IEnumerable<(string Source, DateOnly? AsOf)> origins)
    {
        (string Source, DateOnly? AsOf)? newest = null;
        foreach (var origin in origins)
        {
            newest = newest is { } known && (origin.AsOf is null || origin.AsOf <= known.AsOf) ? known : origin;
        }

        foreach (var stamp in stamps)
        {
            var text = newest is { } origin ? stamp.Text(origin.Source, origin.AsOf) : null;
            stamp.Decision = stamp.Planner.Decide(entry.EntryId, text, entry.Values[stamp.Column]);
        }
    }

    /// <summary>Counts what was decided last, and gives the changes and the rejects.</summary>
    public IEnumerable<(ResolvedField Field, FieldChange? Change, Values.Rejection? Rejection)> Take(EntrySnapshot entry)
    {
        foreach (var stamp in stamps)
        {
            var (field, decision, live) = (stamp.Planner.Field, stamp.Decision, entry.Values[stamp.Column].Value);
            stamp.Tally.Add(decision, live is not null, size: null);
            var change = decision.IsChange ? new FieldChange(field.Field.Id, ChangeReason.Stamp, live, decision.After, decision.ReadBack) : null;
            yield return (field, change, decision.Rejection);
        }
    }

    private sealed class Stamp(FieldPlanner planner, int column, Func<string, DateOnly?, string?> text)
    {
        public FieldPlanner Planner { get; } = planner;

        public int Column { get; } = column;

        public Func<string, DateOnly?, string?> Text { get; } = text;

        public FieldTally Tally { get; } = new();

        public FieldDecision Decision { get; set; }
    }
}
