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

    public static readonly ErrorCode ListBusy = new(
        "AFF710",
        "Another run holds the list",
        "Wait until that run has ended, then start again.");

    public static readonly ErrorCode LeaseLost = new(
        "AFF711",
        "The run lost the lease of its list",
        "Another run took the list over, because this one had stopped. Start a new run if it is still wanted.");

    public static readonly ErrorCode StepFailed = new(
        "AFF712",
        "A step of the run failed",
        "Look at the host's log for the run; the next run starts from what Affinity shows.");

    public static readonly ErrorCode OccurrenceMissed = new(
        "AFF713",
        "A scheduled run could not start in time",
        "Start the sync by hand if the night's values are needed; raise schedule.graceHours for a longer wait.");

    public static readonly ErrorCode AccessDenied = new(
        "AFF720",
        "The caller may not do this",
        "Call without a browser page in between, as 127.0.0.1 or localhost, or send a key.");

    public static readonly ErrorCode NotThere = new(
        "AFF721",
        "There is no such thing",
        "Check the name or id; `affinity-durable runs` lists the runs.");

    public static readonly ErrorCode BadRequest = new(
        "AFF722",
        "The request cannot be understood",
        "Correct what the message names and send it again.");

    public static readonly ErrorCode StateDirectoryInUse = new(
        "AFF730",
        "Another host holds the state directory",
        "Wait until it has ended, stop it, or give another directory with --state.");

    public static readonly ErrorCode HostUnreachable = new(
        "AFF731",
        "The host that holds the state directory does not answer",
        "Look at the process that runs `affinity-durable serve`; when it is gone, run the command again.");

    public static readonly ErrorCode InterruptedRunDiffers = new(
        "AFF732",
        "An interrupted run of the sync was asked for another scope",
        "Finish the interrupted run first with the scope it was started with, or use another directory with --state.");

    public static readonly ErrorCode StateDirectoryUnusable = new(
        "AFF733",
        "The state directory cannot be used",
        "Give a directory that this user may write, with --state or Stores__Directory.");

    public static readonly ErrorCode CannotListen = new(
        "AFF734",
        "The address cannot be listened on",
        "Stop the program that uses the port, or give another port; 0 takes a free one.");

    public static readonly ErrorCode SeedUnreadable = new(
        "AFF735",
        "The seed file of the simulator cannot be read",
        "Give a file that the simulator has saved, with --seed-file.");

    public static readonly ErrorCode SnapshotUnwritable = new(
        "AFF736",
        "The snapshot of the simulator cannot be written",
        "Give a file in a directory that this user may write, with --snapshot.");

    public static readonly ErrorCode KeyVaultUnreadable = new(
        "AFF737",
        "Key Vault cannot be read",
        "Check KeyVault__Uri, that the vault lets this network in, and that the identity has the role Key Vault Secrets User.");
}
