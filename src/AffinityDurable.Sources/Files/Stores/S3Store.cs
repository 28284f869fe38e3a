using System.Net;
using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace AffinityDurable.Sources.Files.Stores;

/// <summary>A bucket of Amazon S3 or a service that speaks its protocol.</summary>
internal sealed class S3Store(IAmazonS3 client, string bucket) : IFileStore, IDisposable
{
    private const string DefaultRegion = "us-east-1";

    /// <summary>
    /// By the connection's <c>AccessKeyId</c> and <c>SecretAccessKey</c>, or by what the environment of the process gives. With an <c>Endpoint</c>,
    /// buckets are part of the path and not of the host name.
    /// </summary>
    /// <exception cref="ProblemException">Keys are missing (AFF290 to AFF292).</exception>
    public static S3Store Open(SourceConnection? connection, string bucket)
    {
        var config = new AmazonS3Config { MaxErrorRetry = 3 };
        var region = connection?.Find("Region");
        if (connection?.Find("Endpoint") is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = region ?? DefaultRegion;
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return Guard(bucket, () => new S3Store(CredentialsOf(connection) is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config), bucket));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredFile> ListAsync(FilePattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = pattern.HasWildcards ? pattern.Folder : pattern.Path };
        ListObjectsV2Response page;
        do
        {
            page = await AskAsync(() => client.ListObjectsV2Async(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
            {
                if (pattern.Matches(found.Key) && !found.Key.EndsWith('/'))
                {
                    yield return Stored(found.Key, found.Size ?? 0, found.LastModified, found.ETag);
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    /// <inheritdoc/>
    public Task<StoredFile?> FindAsync(string path, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            try
            {
                var found = await client.GetObjectMetadataAsync(bucket, path, cancellationToken).ConfigureAwait(false);
                return Stored(path, found.ContentLength, found.LastModified, found.ETag);
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            var request = new GetObjectRequest { BucketName = bucket, Key = file.Path, EtagToMatch = file.Version };
            var response = await client.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
            return response.ResponseStream;
        },
        cancellationToken,
        file.Name);

    /// <inheritdoc/>
    public SourceFile? OnThisMachine(StoredFile file) => null;

    /// <inheritdoc/>
    public Problem? Explain(StoredFile file, Exception exception) => Explain(file.Name, exception, isOpen: true);

    public void Dispose() => client.Dispose();

    private static AWSCredentials? CredentialsOf(SourceConnection? connection) => connection?.FindSecret("SecretAccessKey") is not { } secret ? null
        : connection.FindSecret("SessionToken") is { } token ? new SessionAWSCredentials(connection.Require("AccessKeyId"), secret, token)
        : new BasicAWSCredentials(connection.Require("AccessKeyId"), secret);

    private StoredFile Stored(string path, long length, DateTime? writtenAt, string version) =>
        new(path, $"{RemotePath.S3}://{bucket}/{path}", length, new DateTimeOffset((writtenAt ?? default).ToUniversalTime()), version);

    private static T Guard<T>(string bucket, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is not ProblemException && Explain($"{RemotePath.S3}://{bucket}", exception, isOpen: false) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken, string? file = null)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Explain(file ?? $"{RemotePath.S3}://{bucket}", exception, file is not null) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    // What the service says may repeat parts of the request; its codes do not.
    private static Problem? Explain(string name, Exception exception, bool isOpen) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } failed => Problem.Of(FileErrors.StoreRefused, $"The S3 storage refuses access to '{name}' ({failed.ErrorCode})."),
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => Problem.Of(FileErrors.NoContainer, $"There is no bucket for '{name}'."),
        AmazonS3Exception { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed } when isOpen => Problem.Of(SourceErrors.ChangedWhileRead, $"'{name}' changed while it was read."),
        AmazonServiceException failed when (int)failed.StatusCode > 0 => Problem.Of(FileErrors.StoreFailed, $"Reading '{name}' failed ({(int)failed.StatusCode} {failed.ErrorCode})."),
        AmazonClientException => Problem.Of(FileErrors.StoreRefused, $"This process has no keys or region for S3, to read '{name}'."),
        AmazonServiceException or IOException or HttpRequestException or TaskCanceledException => Problem.Of(FileErrors.StoreFailed, $"Reading '{name}' was cut off, or the storage does not answer."),
        _ => null,
    };
}
