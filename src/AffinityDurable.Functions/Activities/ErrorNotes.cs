using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Functions.Activities;

/// <summary>
/// Keeps in the run store what an error says. It may quote content (the cells of a file without a header, a message of Affinity), and
/// what an activity gives back stays in the history: there goes the code alone. <see cref="RunCloser"/> puts the two together again.
/// </summary>
public sealed class ErrorNotes(IRunStore store)
{
    /// <summary>Keeps all that was found wrong: the first problem gives code and cure, the message names them all.</summary>
    public Task<RunError> KeepAsync(string runId, IReadOnlyList<Problem> problems, CancellationToken cancellationToken) =>
        KeepAsync(runId, ErrorOf(problems), cancellationToken);

    /// <summary>Keeps why a source cannot be read. Sources are read at the same time: each has its own note.</summary>
    public Task<RunError> KeepOfSourceAsync(string runId, string source, IReadOnlyList<Problem> problems, CancellationToken cancellationToken) =>
        KeepAsync(runId, Artefacts.SourceError(source), ErrorOf(problems), cancellationToken);

    /// <summary>Keeps why a call cannot succeed.</summary>
    public Task<RunError> KeepAsync(string runId, CallProblem failure, CancellationToken cancellationToken) =>
        KeepAsync(runId, new RunError(failure.Code, failure.Message, ErrorCodes.Get(failure.Code).Cure), cancellationToken);

    /// <summary>Keeps why a call cannot succeed; null stays null.</summary>
    /// <returns>The failure by its code alone.</returns>
    public async Task<CallProblem?> KeepFailureAsync(string runId, CallProblem? failure, CancellationToken cancellationToken)
    {
        if (failure is null)
        {
            return null;
        }

        var bare = await KeepAsync(runId, failure, cancellationToken);
        return new CallProblem(bare.Code, bare.Message);
    }

    /// <summary>Keeps what an error says.</summary>
    /// <returns>The error by its code alone.</returns>
    public Task<RunError> KeepAsync(string runId, RunError error, CancellationToken cancellationToken) =>
        KeepAsync(runId, Artefacts.Error, error, cancellationToken);

    private static RunError ErrorOf(IReadOnlyList<Problem> problems) =>
        new(problems[0].Code, string.Join(" ", problems.Select(problem => problem.Message)), problems[0].Cure);

    private async Task<RunError> KeepAsync(string runId, string name, RunError error, CancellationToken cancellationToken)
    {
        await store.WriteJsonAsync(runId, name, error, cancellationToken);
        var code = ErrorCodes.Get(error.Code);
        return new RunError(code.Id, code.Title + ".", code.Cure);
    }
}
