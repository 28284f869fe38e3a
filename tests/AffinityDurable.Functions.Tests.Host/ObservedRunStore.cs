using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Tests.Host;

/// <summary>
/// A run store that tells of each access before and after it, as <c>write plan.json</c>, <c>wrote plan.json</c> or <c>read plan.json</c>.
/// Who is told may take as long as it likes: the step that touched the artefact stands still meanwhile.
/// </summary>
public sealed class ObservedRunStore(IRunStore store, Func<string, Task> tell) : IRunStore
{
    public async Task WriteAsync(string runId, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await tell($"write {name}");
        await store.WriteAsync(runId, name, write, cancellationToken);
        await tell($"wrote {name}");
    }

    public async Task<Stream?> OpenReadAsync(string runId, string name, CancellationToken cancellationToken)
    {
        await tell($"read {name}");
        return await store.OpenReadAsync(runId, name, cancellationToken);
    }

    public async Task<IArtefactAppender> AppendAsync(string runId, string name, CancellationToken cancellationToken)
    {
        await tell($"append {name}");
        return await store.AppendAsync(runId, name, cancellationToken);
    }

    public IAsyncEnumerable<string> ListAsync(string runId, string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(runId, prefix, cancellationToken);

    public IAsyncEnumerable<string> RunsAsync(CancellationToken cancellationToken) => store.RunsAsync(cancellationToken);
}
