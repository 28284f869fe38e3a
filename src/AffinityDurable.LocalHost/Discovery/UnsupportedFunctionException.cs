namespace AffinityDurable.LocalHost.Discovery;

/// <summary>The embedded host cannot run a function; the message names function, parameter and binding.</summary>
public sealed class UnsupportedFunctionException(IReadOnlyList<string> problems)
    : Exception("The embedded host cannot run these functions:" + string.Concat(problems.Select(p => Environment.NewLine + "- " + p)))
{
    /// <summary>One line for each problem.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
