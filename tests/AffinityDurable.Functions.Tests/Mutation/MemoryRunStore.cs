using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Tests.Mutation;

/// <summary>Artefacts of one run after the other in memory, for thousands of them. Nothing is appended: nothing is applied.</summary>
internal sealed class MemoryRunStore : IRunStore
{
    private readonly Dictionary<string, byte[]> artefacts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public async Task WriteAsync(string runId, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var artefact = new MemoryStream();
        await write(artefact, cancellationToken);
        lock (gate)
        {
            artefacts[name] = artefact.ToArray();
        }
    }

    public Task<Stream?> OpenReadAsync(string runId, string name, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<Stream?>(artefacts.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null);
        }
    }

    public Task<IArtefactAppender> AppendAsync(string runId, string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async IAsyncEnumerable<string> ListAsync(string runId, string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var name in Names(prefix))
        {
            yield return name;
        }
    }

    public IAsyncEnumerable<string> RunsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Forgets what a run has made and keeps what it started from.</summary>
    public void Keep(params IEnumerable<string> names)
    {
        lock (gate)
        {
            foreach (var made in artefacts.Keys.Except(names).ToList())
            {
                artefacts.Remove(made);
            }
        }
    }

    private List<string> Names(string prefix)
    {
        lock (gate)
        {
            return [.. artefacts.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        }
    }
}
