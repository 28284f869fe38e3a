namespace AffinityDurable.Core.Affinity;

/// <summary>An option of a dropdown, ranked dropdown or status field. Written by <see cref="Id"/> alone.</summary>
public sealed record DropdownOption(long Id, string Text);
