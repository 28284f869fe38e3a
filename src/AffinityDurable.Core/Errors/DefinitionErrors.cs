namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF1xx.</summary>
public static class DefinitionErrors
{
}
