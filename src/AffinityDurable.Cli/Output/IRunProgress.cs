using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Cli.Output;

/// <summary>Shows a run while it is followed.</summary>
internal interface IRunProgress
{
    /// <summary>Shows how the run stands now; called several times a second.</summary>
    void Show(RunStatus status);
}
