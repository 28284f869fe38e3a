namespace AffinityDurable.LocalHost.Engine;

/// <summary>An instance was started by a version of the program whose history this one cannot go on with.</summary>
public sealed class IncompatibleVersionException(string message) : Exception(message);
