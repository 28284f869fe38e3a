using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Files.Arrivals;

namespace AffinityDurable.Functions.Arrivals;

/// <summary>What a storage says over HTTP: objects that were created, or that somebody has to confirm that it may.</summary>
/// <param name="Files">The objects.</param>
/// <param name="Confirmation">What has to be confirmed; null for everything else.</param>
public sealed record ObjectNotice(IReadOnlyList<ArrivedFile> Files, TopicConfirmation? Confirmation = null)
{
    private const string NotUnderstood = "The body is none of the notifications that are known: S3 (also through SNS), EventBridge, Pub/Sub.";

    private static readonly ObjectNotice Nothing = new([]);

    /// <summary>Reads a notification of S3 as it is or in an envelope of SNS, of EventBridge, or of Google Cloud Storage pushed by Pub/Sub.</summary>
    /// <exception cref="ProblemException">It is none of these (AFF776).</exception>
    public static ObjectNotice Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, mayBeEnvelope: true);
        }
        catch (JsonException)
        {
            throw new ProblemException(Problem.Of(IntakeErrors.NotANotice, "The body is not valid JSON."));
        }
    }

    private static ObjectNotice Read(JsonElement root, bool mayBeEnvelope)
    {
        if (mayBeEnvelope && Json.Text(root, "Type") is { } type && Json.Text(root, "TopicArn") is { } topic)
        {
            return OfSns(root, type, topic);
        }

        return Json.Member(root, "Records") is { ValueKind: JsonValueKind.Array } records ? new([.. records.EnumerateArray().Select(OfS3).OfType<ArrivedFile>()])
            : Json.Text(root, "Event") == "s3:TestEvent" ? Nothing
            : Json.Text(root, "detail-type") is { } detailType ? OfEventBridge(root, detailType)
            : Json.Member(root, "message") is { } message ? OfPubSub(message)
            : throw new ProblemException(Problem.Of(IntakeErrors.NotANotice, NotUnderstood));
    }

    /// <summary>The signature of an envelope is not looked at: who may call is for the door to know.</summary>
    private static ObjectNotice OfSns(JsonElement root, string type, string topic)
    {
        if (type == "SubscriptionConfirmation")
        {
            return Nothing with { Confirmation = new TopicConfirmation(topic, Json.Text(root, "SubscribeURL") ?? "") };
        }

        if (type != "Notification" || Json.Text(root, "Message") is not { } message)
        {
            return Nothing;
        }

        using var inner = JsonDocument.Parse(message);
        return Read(inner.RootElement, mayBeEnvelope: false);
    }

    /// <summary>Keys are escaped as in a form.</summary>
    private static ArrivedFile? OfS3(JsonElement record) =>
        Json.Text(record, "eventName")?.StartsWith("ObjectCreated:", StringComparison.Ordinal) == true
        && Json.Member(record, "s3") is { } s3
            ? Of(Json.Member(s3, "bucket"), "name", Json.Member(s3, "object"), "key", key => Uri.UnescapeDataString(key.Replace('+', ' ')))
            : null;

    private static ObjectNotice OfEventBridge(JsonElement root, string detailType) =>
        detailType == "Object Created" && Json.Text(root, "source") == "aws.s3"
        && Json.Member(root, "detail") is { } detail
        && Of(Json.Member(detail, "bucket"), "name", Json.Member(detail, "object"), "key", key => key) is { } file
            ? new([file])
            : Nothing;

    private static ObjectNotice OfPubSub(JsonElement message)
    {
        var attributes = Json.Member(message, "attributes");
        return attributes is { } named && Json.Text(named, "eventType") == "OBJECT_FINALIZE" && Of(attributes, "bucketId", attributes, "objectId", name => name) is { } file
            ? new([file])
            : Nothing;
    }

    private static ArrivedFile? Of(JsonElement? bucket, string bucketName, JsonElement? thing, string keyName, Func<string, string> unescape) =>
        bucket is { } there && Json.Text(there, bucketName) is { } container && thing is { } found && Json.Text(found, keyName) is { } key
            ? new ArrivedFile(ArrivedFile.S3, container, unescape(key), Version: null)
            : null;
}

/// <summary>A topic of SNS wants to know whether its messages are wanted.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Url">What has to be opened to say so. It is never opened by this program.</param>
public sealed record TopicConfirmation(string Topic, string Url);
