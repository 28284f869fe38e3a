using System.Globalization;
using AffinityDurable.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Records every call that changes something, admitted or not: documents <c>audit/{day}/{time}-{id}</c>, one a call.</summary>
public sealed partial class AuditBook(ISyncState state, TimeProvider clock, ILogger<AuditBook> logger)
{
    private const string RunsPrefix = "/api/runs/";

    /// <summary>Answers a call. The record is there before anything is done, and says afterwards how it ended.</summary>
    /// <param name="request">The call.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="answer">Answers it.</param>
    /// <param name="cancellationToken">Gives up before anything was done.</param>
    public async Task<IActionResult> RecordAsync(HttpRequest request, Caller caller, Func<Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(answer);
        var record = new AuditRecord(clock.GetUtcNow(), caller.Name, caller.Role, request.Method, RequestPath.Of(request));
        var key = string.Create(CultureInfo.InvariantCulture, $"audit/{record.At:yyyy-MM-dd}/{record.At:HHmmssfff}-{Guid.NewGuid():N}");
        var etag = await state.TryCreateAsync(key, record, cancellationToken);
        IActionResult? result = null;
        try
        {
            return result = await answer();
        }
        finally
        {
            await EndAsync(key, etag!, record with { By = caller.Signature, EndedAt = clock.GetUtcNow(), Status = StatusOf(result), RunId = RunOf(request.HttpContext.Response.Headers) });
        }
    }

    /// <summary>What was done is done: a record that cannot be ended does not make it an error.</summary>
    private async Task EndAsync(string key, string etag, AuditRecord ended)
    {
        LogCalled(logger, ended.By ?? "this machine", ended.Method, ended.Path, ended.Status);
        try
        {
            await state.TryReplaceAsync(key, ended, etag, CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogNotEnded(logger, failure, key);
        }
    }

    private static int? StatusOf(IActionResult? result) => result switch
    {
        null => StatusCodes.Status500InternalServerError,
        IStatusCodeActionResult { StatusCode: { } status } => status,
        _ => StatusCodes.Status200OK,
    };

    /// <summary>The run that was started or answered.</summary>
    private static string? RunOf(IHeaderDictionary headers) =>
        headers.Location.ToString() is var location && location.StartsWith(RunsPrefix, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(location[RunsPrefix.Length..])
            : null;

    [LoggerMessage(1082, LogLevel.Error, "The record {Key} of a call could not be ended")]
    private static partial void LogNotEnded(ILogger logger, Exception failure, string key);

    [LoggerMessage(1080, LogLevel.Information, "{By} called {Method} {Path}: {Status}")]
    private static partial void LogCalled(ILogger logger, string by, string method, string path, int? status);
}

/// <summary>One call that changes something.</summary>
/// <param name="At">When it came.</param>
/// <param name="By">Who called; for somebody at this machine whom the request names, null where it names nobody.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="Method">The verb.</param>
/// <param name="Path">The path, which names the sync or the run.</param>
public sealed record AuditRecord(DateTimeOffset At, string? By, Role Role, string Method, string Path)
{
    /// <summary>When it was answered; null while it is under way, and for a call that its host did not survive.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Status of the answer.</summary>
    public int? Status { get; init; }

    /// <summary>The run that was started or answered.</summary>
    public string? RunId { get; init; }
}
