namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF4xx.</summary>
public static class ValueErrors
{
}
