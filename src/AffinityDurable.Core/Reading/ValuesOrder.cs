using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reading;

/// <summary>Which values are to be read again.</summary>
/// <param name="RunId">The run whose artefacts are read and written.</param>
/// <param name="Sync">The frozen definition: its list, its fields, its share of the minute.</param>
/// <param name="Wanted">Artefact of <see cref="WantedValues"/>, one a line.</param>
/// <param name="Into">Prefix of the artefacts of <see cref="EntryValues"/>; each slice adds one.</param>
/// <param name="ListEntries">Entries on the list, as last seen: what reading by page would cost; 0 when not known.</param>
/// <param name="Slice">Number of the slice, from 0. A repeated slice replaces what it stored.</param>
/// <param name="From">Where to go on, as the slice before said; null at the start.</param>
public sealed record ValuesOrder(string RunId, ResolvedSync Sync, string Wanted, string Into, int ListEntries, int Slice, ValuesCursor? From);

/// <summary>Where reading values goes on.</summary>
/// <param name="NextUrl">The next page; null for the first.</param>
/// <param name="ByEntry">The pages are read to their end, or were never worth it: what is left is read entry by entry.</param>
public sealed record ValuesCursor(string? NextUrl = null, bool ByEntry = false);

/// <summary>Fields of one entry that are to be read.</summary>
public sealed record WantedValues(long EntryId, IReadOnlyList<string> FieldIds);

/// <summary>What Affinity showed of the wanted fields of one entry.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Values">By field id, one for each wanted field; of an entry that is gone or refused none is known.</param>
public sealed record EntryValues(long EntryId, IReadOnlyDictionary<string, LiveValue> Values);
