namespace AffinityDurable.Core.Planning;

/// <summary>The last run of a sync over a whole list that wrote what it had planned: what the next one is measured by.</summary>
/// <param name="RunId">The run.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Sources">What its sources had brought.</param>
/// <param name="IsFirst">No good run is known from before it.</param>
public sealed record LastGoodRun(string RunId, DateTimeOffset StartedAt, IReadOnlyList<SourceFigures> Sources, bool IsFirst);
