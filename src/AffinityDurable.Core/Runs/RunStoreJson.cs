using System.Runtime.CompilerServices;
using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Runs;

/// <summary>Artefacts as JSON and JSON Lines, written with <see cref="RunJson.Options"/>.</summary>
public static class RunStoreJson
{
    /// <summary>Writes one item a line.</summary>
    public static Task WriteLinesAsync<T>(this IRunStore store, string runId, string name, IEnumerable<T> items, CancellationToken cancellationToken) =>
        store.WriteAsync(runId, name, (stream, token) => JsonLines.WriteAsync(stream, items, token), cancellationToken);

    /// <inheritdoc cref="WriteLinesAsync{T}(IRunStore, string, string, IEnumerable{T}, CancellationToken)"/>
    public static Task WriteLinesAsync<T>(this IRunStore store, string runId, string name, IAsyncEnumerable<T> items, CancellationToken cancellationToken) =>
        store.WriteAsync(runId, name, (stream, token) => JsonLines.WriteAsync(stream, items, token), cancellationToken);

    /// <summary>Reads one item a line, in order.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="name">The artefact.</param>
    /// <param name="tornEnd">
    /// True for append segments: a last line without its line end was cut off by a kill before it was acknowledged and is left out.
    /// </param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ProblemException"><c>AFF701</c> no such artefact; <c>AFF702</c> a line cannot be read.</exception>
    public static async IAsyncEnumerable<T> ReadLinesAsync<T>(
        this IRunStore store,
        string runId,
        string name,
        bool tornEnd = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var stream = await store.OpenReadAsync(runId, name, cancellationToken) ?? throw Missing(runId, name);
        var reader = new JsonLineReader<T>(stream, tornEnd);
        await using var items = reader.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(items, reader, runId, name))
        {
            yield return items.Current;
        }
    }

    /// <summary>As <see cref="ReadLinesAsync"/>; nothing when there is no such artefact, because the run ended before it came so far.</summary>
    public static async IAsyncEnumerable<T> ReadLinesIfThereAsync<T>(
        this IRunStore store,
        string runId,
        string name,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = await store.OpenReadAsync(runId, name, cancellationToken);
        if (stream is null)
        {
            yield break;
        }

        await stream.DisposeAsync();
        await foreach (var line in store.ReadLinesAsync<T>(runId, name, cancellationToken: cancellationToken))
        {
            yield return line;
        }
    }

    /// <summary>Writes one document.</summary>
    public static Task WriteJsonAsync<T>(this IRunStore store, string runId, string name, T value, CancellationToken cancellationToken) =>
        store.WriteAsync(runId, name, (stream, token) => JsonSerializer.SerializeAsync(stream, value, JsonLines.TypeOf<T>(), token), cancellationToken);

    /// <summary>Reads one document; null when there is no such artefact.</summary>
    /// <exception cref="ProblemException"><c>AFF702</c>: it cannot be read.</exception>
    public static async Task<T?> ReadJsonAsync<T>(this IRunStore store, string runId, string name, CancellationToken cancellationToken)
        where T : class
    {
        await using var stream = await store.OpenReadAsync(runId, name, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(stream, JsonLines.TypeOf<T>(), cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException)
        {
            throw Unreadable(runId, name, line: null);
        }
    }

    /// <summary>Reads one document that must be there.</summary>
    /// <exception cref="ProblemException"><c>AFF701</c> no such artefact; <c>AFF702</c> it cannot be read.</exception>
    public static async Task<T> RequireJsonAsync<T>(this IRunStore store, string runId, string name, CancellationToken cancellationToken)
        where T : class =>
        await store.ReadJsonAsync<T>(runId, name, cancellationToken) ?? throw Missing(runId, name);

    /// <summary>Appends the items, one a line, in a single write.</summary>
    public static Task AppendLinesAsync<T>(this IArtefactAppender appender, IEnumerable<T> items, CancellationToken cancellationToken) =>
        appender.AppendAsync(JsonLines.ToBytes(items), cancellationToken);

    private static async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> items, JsonLineReader<T> reader, string runId, string name)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException)
        {
            // The serializer's message may quote content.
            throw Unreadable(runId, name, reader.Line);
        }
    }

    private static ProblemException Missing(string runId, string name) =>
        new(Problem.Of(HostErrors.ArtefactMissing, $"Run {runId} has no artefact '{name}'."));

    private static ProblemException Unreadable(string runId, string name, int? line) =>
        new(Problem.Of(HostErrors.ArtefactUnreadable, $"Artefact '{name}' of run {runId} cannot be read.", line: line));
}
