namespace AffinityDurable.Core.Matching;

/// <summary>A record or row of a source from which nothing is written.</summary>
/// <param name="Code">Id of the error code.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Cure">What to do about it.</param>
/// <param name="Line">First physical line, where the source has lines.</param>
/// <param name="EntryId">The entry, where one was found.</param>
/// <param name="Key">The cell that decided it, where one did.</param>
public sealed record SourceReject(string Code, string Reason, string Cure, long? Line, long? EntryId, string? Key);
