namespace AffinityDurable.LocalHost.Engine;

/// <summary>Names of termination messages.</summary>
internal static class TerminationScope
{
    public const string Recursive = "recursive";
}
