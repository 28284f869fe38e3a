using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Arrivals;

namespace AffinityDurable.Functions.Arrivals;

/// <summary>Reads what Event Grid says of blobs that were created, in its own schema or as CloudEvents, one event or several.</summary>
internal static class StorageEvents
{
    private const string Created = "Microsoft.Storage.BlobCreated";

    /// <summary>A file system with folders says first that an empty file is there, and later that it is complete.</summary>
    private const string EmptyFile = "CreateFile";

    private const string Containers = "/containers/";
    private const string Blobs = "/blobs/";

    /// <summary>The files that were created; nothing for events of other kinds.</summary>
    /// <exception cref="ProblemException">The text is no event (AFF776).</exception>
    public static IReadOnlyList<ArrivedFile> Read(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(Read).OfType<ArrivedFile>()] : Read(root) is { } file ? [file] : [];
        }
        catch (JsonException)
        {
            throw NotUnderstood();
        }
    }

    private static ArrivedFile? Read(JsonElement notice)
    {
        var type = Json.Text(notice, "eventType") ?? Json.Text(notice, "type") ?? throw NotUnderstood();
        if (type != Created)
        {
            return null;
        }

        var data = Json.Member(notice, "data") ?? throw NotUnderstood();
        var version = (Json.Text(data, "eTag") ?? Json.Text(data, "etag"))?.Trim('"');
        return Json.Text(data, "api") == EmptyFile ? null
            : Json.Text(data, "url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsFile ? new ArrivedFile(ArrivedFile.Local, "", address.LocalPath, version)
            : OfSubject(Json.Text(notice, "subject"), version) ?? throw NotUnderstood();
    }

    /// <summary><c>/blobServices/default/containers/{container}/blobs/{path}</c>, as it is, without escapes.</summary>
    private static ArrivedFile? OfSubject(string? subject, string? version)
    {
        var container = subject?.IndexOf(Containers, StringComparison.Ordinal) ?? -1;
        var blob = container < 0 ? -1 : subject!.IndexOf(Blobs, container + Containers.Length, StringComparison.Ordinal);
        return blob < 0 || blob + Blobs.Length == subject!.Length
            ? null
            : new ArrivedFile(ArrivedFile.Azure, subject[(container + Containers.Length)..blob], subject[(blob + Blobs.Length)..], version);
    }

    private static ProblemException NotUnderstood() => new(Problem.Of(IntakeErrors.NotANotice, "The message is no event of Event Grid about a blob."));
}
