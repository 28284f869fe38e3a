namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF5xx.</summary>
public static class AffinityErrors
{
}
