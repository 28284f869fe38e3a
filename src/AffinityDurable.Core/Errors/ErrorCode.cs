namespace AffinityDurable.Core.Errors;

/// <summary>A stable code of something that went wrong, documented with cause and cure in <c>docs/errors.md</c>.</summary>
/// <param name="Id"><c>AFF</c> and three digits; the first says the area: 1 definition, 2 source, 3 match, 4 value, 5 Affinity, 6 guard and budget, 7 host.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Cure">What the reader can do about it.</param>
public sealed record ErrorCode(string Id, string Title, string Cure)
{
    public override string ToString() => Id;
}
