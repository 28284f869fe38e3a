using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AffinityDurable.Functions.Triggers.Views;

/// <summary>Files of a run, as they are stored.</summary>
public sealed class RunFiles(IRunStore store)
{
    public const string Csv = "text/csv; charset=utf-8";
    public const string Json = "application/json; charset=utf-8";
    public const string JsonLines = "application/jsonl; charset=utf-8";

    /// <summary>Gives a file as a download.</summary>
    /// <param name="request">The request, which has no query.</param>
    /// <param name="id">The run.</param>
    /// <param name="name">The artefact.</param>
    /// <param name="contentType">What it is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ProblemException">There is no such run or file (AFF721).</exception>
    public async Task<IActionResult> DownloadAsync(HttpRequest request, string id, string name, string contentType, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (RequestQuery.Refuse(request) is { } refusal)
        {
            return refusal;
        }

        var runId = NamedRun.Of(id).ToString();
        var content = await store.OpenReadAsync(runId, name, cancellationToken)
            ?? throw new ProblemException(Problem.Of(HostErrors.NotThere, $"There is no {name} of a run '{runId}': no such run, or it has not come so far."));
        return new FileStreamResult(content, contentType) { FileDownloadName = NameOf(runId, name) };
    }

    internal static string NameOf(string runId, string name) => $"{runId}-{name}";
}
