using System.Diagnostics;
using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Telemetry;
using AffinityDurable.Functions.Telemetry;

namespace AffinityDurable.Functions.Activities;

/// <summary>
/// Runs the body of an activity so that nothing it works on can leave through an exception: hosts write messages of exceptions into
/// histories and logs, and those of the framework and of drivers quote values. Each has a span, named as the activity, and says which run
/// its log messages belong to.
/// </summary>
internal static class Step
{
    /// <summary>A step that is of no run.</summary>
    public static Task<T> RunAsync<T>(Func<Task<T>> body, [CallerFilePath] string file = "") => RunAsync(null, body, file);

    /// <summary>A step of a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="body">What is done.</param>
    /// <param name="file">The file of the activity, which has its name.</param>
    public static async Task<T> RunAsync<T>(string? runId, Func<Task<T>> body, [CallerFilePath] string file = "")
    {
        using var span = Signals.Spans.StartActivity(Path.GetFileNameWithoutExtension(file.Replace('\\', '/')));
        RunScope.Begin(runId, span);
        try
        {
            return await body();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            span?.SetTag(Signals.ErrorType, exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
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
