using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Functions.Activities;

/// <summary>Problems as the reason why a run ended.</summary>
internal static class RunErrors
{
    public static RunError Of(ProblemException exception) => Of(exception.Problems);

    /// <summary>The first problem gives code and cure, the message names them all.</summary>
    public static RunError Of(IReadOnlyList<Problem> problems) =>
        new(problems[0].Code, string.Join(" ", problems.Select(problem => problem.Message)), problems[0].Cure);

    public static RunError Of(ErrorCode code, string message) => new(code.Id, message, code.Cure);
}
