namespace AffinityDurable.LocalHost;

/// <summary>Another host holds the state directory.</summary>
public sealed class StateDirectoryInUseException(string stateDirectory, StateDirectoryOwner owner) : Exception(
    $"State directory '{stateDirectory}' is in use by process {owner?.ProcessId}{(owner?.Url is { } url ? $" at {url}" : string.Empty)}. Stop it, or use another state directory.")
{
    /// <summary>Who holds it.</summary>
    public StateDirectoryOwner Owner { get; } = owner!;
}
