using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Triggers.Requests;

/// <summary>The run that a path names.</summary>
internal static class NamedRun
{
    /// <exception cref="ProblemException">It is no id of a run (AFF721).</exception>
    public static RunId Of(string id) =>
        RunId.TryParse(id, out var runId) ? runId : throw new ProblemException(Problem.Of(HostErrors.NotThere, "There is no such run."));
}
