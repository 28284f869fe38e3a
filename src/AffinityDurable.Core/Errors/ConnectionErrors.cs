namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF29x: the connections that sources name.</summary>
public static class ConnectionErrors
{
    public static readonly ErrorCode Unknown = new(
        "AFF290", "There is no connection of this name", "Set its keys under Connections, in the environment as Connections__name__Key, or correct the name in the definition.");

    public static readonly ErrorCode KeyMissing = new(
        "AFF291", "A connection lacks a key", "Set the key that the message names; secrets in the environment or in Key Vault.");

    public static readonly ErrorCode SecretInFile = new(
        "AFF292", "A secret of a connection stands in a file", "Remove it from the file, replace it where it is valid, and set it in the environment or in Key Vault.");
}
