namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF3xx.</summary>
public static class MatchErrors
{
}
