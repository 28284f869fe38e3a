using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Reading;

namespace AffinityDurable.Core.Verifying;

/// <summary>Which writes of a run are to be read back.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Sync">The frozen definition.</param>
/// <param name="Part">One of <see cref="VerifiedParts"/>.</param>
/// <param name="Batches">So many batches, from the first one.</param>
/// <param name="Untouched">Also the mapped values that were not to change, of every entry that has a row.</param>
/// <param name="Slice">Number of the slice, from 0.</param>
/// <param name="From">Where to go on; null at the start.</param>
public sealed record VerifyOrder(string RunId, ResolvedSync Sync, string Part, int Batches, bool Untouched, int Slice, ValuesCursor? From);
