using System.Diagnostics;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Runs;

/// <summary>Exclusive locks by key, between threads by semaphores and between processes by lock files, spread over a fixed number of them.</summary>
/// <remarks>Lock files stay: removing one while another process opens it would let two in.</remarks>
internal sealed class FileLocks(string folder)
{
    private const int Stripes = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim[] inProcess = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <exception cref="ProblemException"><c>AFF704</c>: another process keeps the lock.</exception>
    public async Task<IDisposable> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var stripe = Stripe(key);
        await inProcess[stripe].WaitAsync(cancellationToken);
        try
        {
            var file = await OpenAsync(Path.Combine(folder, $"{stripe:00}.lock"), key, cancellationToken);
            return new Held(file, inProcess[stripe]);
        }
        catch
        {
            inProcess[stripe].Release();
            throw;
        }
    }

    /// <summary>The same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static int Stripe(string key) => (int)(key.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u) % Stripes);

    private static async Task<FileStream> OpenAsync(string path, string key, CancellationToken cancellationToken)
    {
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Random.Shared.Next(1, Math.Min(4 * attempt, 50)), cancellationToken);
            }
            catch (IOException)
            {
                throw new ProblemException(Problem.Of(HostErrors.StateBusy, $"The lock of state document '{key}' was not free for {Patience.TotalSeconds:0} s."));
            }
        }
    }

    private sealed class Held(FileStream file, SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            semaphore.Release();
        }
    }
}
