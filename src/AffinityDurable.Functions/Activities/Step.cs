using AffinityDurable.Core.Errors;

namespace AffinityDurable.Functions.Activities;

/// <summary>
/// Runs the body of an activity so that nothing it works on can leave through an exception: hosts write messages of exceptions into
/// histories and logs, and those of the framework and of drivers quote values.
/// </summary>
internal static class Step
{
    public static async Task<T> RunAsync<T>(Func<Task<T>> body)
    {
        try
        {
            return await body();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new StepFailedException(exception);
        }
    }
}

/// <summary>A failure that was not expected: what kind it is and where it came from, without what was thrown.</summary>
public sealed class StepFailedException(Exception original) : Exception(Describe(original))
{
    private readonly string? stackTrace = original.StackTrace;

    /// <summary>Where the original was thrown: names of methods and files.</summary>
    public override string? StackTrace => stackTrace ?? base.StackTrace;

    private static string Describe(Exception exception) => exception switch
    {
        ProblemException problem => string.Join(" ", problem.Problems.Select(found => $"{found.Code} {ErrorCodes.Get(found.Code).Title}.")),

        // These name files, and our names of files hold no content.
        IOException or UnauthorizedAccessException => $"{exception.GetType()}: {exception.Message}",
        { InnerException: { } inner } => $"{exception.GetType()}: {Describe(inner)}",
        _ => exception.GetType().ToString(),
    };
}
