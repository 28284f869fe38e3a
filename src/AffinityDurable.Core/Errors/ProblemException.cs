namespace AffinityDurable.Core.Errors;

/// <summary>Work cannot start or go on because of the <see cref="Problems"/>; all of them are given at once.</summary>
public sealed class ProblemException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public ProblemException(Problem problem)
        : this([problem])
    {
    }

    public IReadOnlyList<Problem> Problems { get; } = problems;
}
