using AffinityDurable.Core.Errors;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints problems: where, code, message, cure.</summary>
internal static class ProblemList
{
    public static void Write(Action<string> line, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            var place = problem.File is null ? "" : problem.Line is null ? $"{problem.File}: " : $"{problem.File}({problem.Line}): ";
            line($"{place}{problem.Code} {problem.Message}");
            line($"    {problem.Cure}");
        }
    }
}
