using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;

namespace AffinityDurable.Sources.Push;

/// <summary>The keys of a source whose rows are sent to this program.</summary>
/// <param name="Columns">The columns that rows may have.</param>
/// <param name="Start">When a run starts for them.</param>
public sealed record PushSettings(IReadOnlyList<string> Columns, PushStart Start)
{
    /// <summary>Of a definition that was checked.</summary>
    public static PushSettings Of(SourceDefinition source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return PushKeys.Read(new MapReader(source.Settings, "source", new Findings("")));
    }
}

/// <summary>When a run starts for rows that were pushed.</summary>
/// <param name="IsScheduled">At the next time of the schedule.</param>
/// <param name="AfterQuiet">Once no other push has come for so long; zero is at once.</param>
public sealed record PushStart(bool IsScheduled, TimeSpan AfterQuiet)
{
    public static PushStart AtOnce { get; } = new(IsScheduled: false, TimeSpan.Zero);

    public static PushStart Scheduled { get; } = new(IsScheduled: true, TimeSpan.Zero);

    /// <summary>The earliest time for a push that has come; null leaves it to the schedule.</summary>
    public DateTimeOffset? After(DateTimeOffset receivedAt) => IsScheduled ? null : receivedAt + AfterQuiet;
}
