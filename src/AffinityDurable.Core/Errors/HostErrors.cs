namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF7xx.</summary>
public static class HostErrors
{
}
