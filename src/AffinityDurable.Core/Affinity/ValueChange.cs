using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Affinity;

/// <summary>A change of a tracked field, as Affinity's feed of changes tells it.</summary>
/// <param name="At">When, to the second.</param>
/// <param name="By">Who, by name or e-mail address; null when that user is gone.</param>
/// <param name="After">What it left in the field, where that is known: sets come item by item.</param>
public sealed record ValueChange(DateTimeOffset At, string? By, LiveValue After);
