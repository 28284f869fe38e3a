using AffinityDurable.Core.Errors;
using Microsoft.DurableTask.Abstractions;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>
/// The version that orchestrations are started with, <c>major.minor</c>. A minor version may add: a step at the end of a branch that no run in
/// flight can have passed, an optional member of a contract. Whatever else changes what an orchestrator asks for is a major version.
/// </summary>
public static class OrchestrationVersion
{
    /// <summary>Of runs that are started now; <c>defaultVersion</c> of host.json says the same.</summary>
    public const string Current = "1.0";

    /// <summary>The oldest that this program goes on with; runs from before there were versions have none, and are compatible with 1.0.</summary>
    public const string Oldest = "";

    /// <summary>Why this program cannot go on with a run (AFF753, AFF754); null when it can.</summary>
    /// <param name="version">The version that the run was started with.</param>
    public static string? ProblemOf(string version) => ProblemOf(version, Current, Oldest);

    /// <inheritdoc cref="ProblemOf(string)"/>
    public static string? ProblemOf(string version, string current, string oldest)
    {
        if (TaskOrchestrationVersioningUtils.CompareVersions(version, current) > 0)
        {
            return Problem.Of(OrchestrationErrors.VersionTooNew, $"The run is of version {version}, this program goes up to {current}.").ToString();
        }

        return TaskOrchestrationVersioningUtils.CompareVersions(version, oldest) < 0
            ? Problem.Of(OrchestrationErrors.VersionTooOld, $"The run is of version {(version.Length == 0 ? "none" : version)}, this program goes on from {oldest}.").ToString()
            : null;
    }
}
