namespace AffinityDurable.LocalHost.History;

/// <summary>The state store could not write. The host stops; what was committed is intact and a restart goes on from there.</summary>
public sealed class StoreFailedException(Exception cause)
    : Exception($"The state store cannot write: {cause?.Message} The host stops; a restart goes on from the last committed state.", cause);
