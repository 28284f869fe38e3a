namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF6xx.</summary>
public static class GuardErrors
{
}
