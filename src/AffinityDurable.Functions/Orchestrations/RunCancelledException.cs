namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Leads from the step at which a run learned that it is cancelled to where it is closed; it never leaves the orchestration.</summary>
internal sealed class RunCancelledException : Exception;
