using AffinityDurable.Core.Errors;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AffinityDurable.Functions.Storage;

/// <summary>One container, asked so that every fault has a plain meaning.</summary>
/// <param name="client">Reaches it.</param>
/// <param name="isMadeWhenMissing">Whether it is made when it turns out not to be there.</param>
internal sealed class BlobContainer(BlobContainerClient client, bool isMadeWhenMissing)
{
    public BlobContainerClient Client => client;

    /// <summary>The container, as messages name it.</summary>
    public string Name => client.Uri.GetLeftPart(UriPartial.Path);

    /// <summary>Asks, and makes the container first where it was missing.</summary>
    /// <exception cref="ProblemException">Access is refused (AFF780), or there is no such container and none can be made (AFF781).</exception>
    /// <exception cref="BlobStoreException">A fault that may pass, after all repeats.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await AskOrMakeAsync(ask, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Meaning(exception) is not null)
        {
            throw Meaning(exception)!;
        }
    }

    /// <summary>As <see cref="AskAsync"/>, over pages.</summary>
    public async IAsyncEnumerable<BlobItem> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blobs = client.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await AskAsync(
                async () =>
                {
                    try
                    {
                        return await blobs.MoveNextAsync();
                    }
                    catch (RequestFailedException missing) when (isMadeWhenMissing && missing.ErrorCode == BlobErrorCode.ContainerNotFound)
                    {
                        return false;
                    }
                },
                cancellationToken))
            {
                yield return blobs.Current;
            }
        }
        finally
        {
            await blobs.DisposeAsync();
        }
    }

    private async Task<T> AskOrMakeAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException missing) when (isMadeWhenMissing && missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await MakeAsync(cancellationToken);
            return await ask();
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException refused) when (refused.Status is 401 or 403)
        {
            throw new ProblemException(Problem.Of(StorageErrors.NoContainer, $"There is no container {Name}, and this identity may not make it."));
        }
    }

    // What the service says may quote addresses with signatures and headers; its status and its code do not.
    private Exception? Meaning(Exception exception) => exception switch
    {
        RequestFailedException { Status: 401 or 403 } failed => Refused($"answered {failed.Status} ({failed.ErrorCode})"),
        AuthenticationFailedException => Refused("cannot be asked: this process has no identity that the service knows"),
        RequestFailedException failed when failed.ErrorCode == BlobErrorCode.ContainerNotFound =>
            new ProblemException(Problem.Of(StorageErrors.NoContainer, $"There is no container {Name}.")),
        RequestFailedException { Status: > 0 } failed => new BlobStoreException($"{Name} answered {failed.Status} ({failed.ErrorCode})."),
        RequestFailedException or AggregateException or HttpRequestException or TaskCanceledException =>
            new BlobStoreException($"{Name} does not answer."),
        _ => null,
    };

    private ProblemException Refused(string answer) => new(Problem.Of(StorageErrors.StoreRefused, $"{Name} {answer}."));
}
