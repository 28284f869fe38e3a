namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF7xx.</summary>
public static class HostErrors
{
    public static readonly ErrorCode ArtefactMissing = new(
        "AFF701",
        "An artefact of a run is missing",
        "Was the run removed by retention, or does this program look at another run store? Start a new run.");

    public static readonly ErrorCode ArtefactUnreadable = new(
        "AFF702",
        "An artefact of a run cannot be read",
        "The file was damaged or written by a newer version. Start a new run; live values are read again, so nothing is lost.");

    public static readonly ErrorCode StateUnreadable = new(
        "AFF703",
        "A state document cannot be read",
        "The file was damaged, edited by hand or written by a newer version. Restore it from a backup, or remove it: the next run starts without it and says so.");

    public static readonly ErrorCode StateBusy = new(
        "AFF704",
        "The state store stays locked",
        "Another process holds the lock of this document. End hanging processes that use the state folder, and keep the folder on a local disk.");
}
