namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF2xx.</summary>
public static class SourceErrors
{
}
