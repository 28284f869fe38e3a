namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF170 to AFF174: what an environment changes in definitions.</summary>
public static class OverlayErrors
{
    public static readonly ErrorCode Missing = new(
        "AFF170",
        "There is no overlay for the environment",
        "Add the file, empty where the environment changes nothing, or correct Environment__Name.");

    public static readonly ErrorCode UnknownSync = new(
        "AFF171",
        "The overlay is for a sync that is not there",
        "Correct the name, or remove the section.");

    public static readonly ErrorCode NotChangeable = new(
        "AFF172",
        "The overlay changes what it may not change",
        "An overlay may give list, connections, schedule and state. Put everything else into the definition.");

    public static readonly ErrorCode UnknownConnection = new(
        "AFF173",
        "The overlay replaces a connection that no source has",
        "Name a connection of the definition's sources, and what it is called in this environment.");

    public static readonly ErrorCode BadEnvironment = new(
        "AFF174",
        "The name of the environment is not usable",
        "Use lower-case letters, digits and inner hyphens in Environment__Name, at most 30.");
}
