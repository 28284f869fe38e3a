using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>A source of the type <c>hanging</c>: a query that never comes back.</summary>
internal sealed class HangingSource : ISourceAdapter
{
    public string Name => "hanging";

    /// <summary>The query has been sent.</summary>
    public TaskCompletionSource Opened { get; } = new();

    public SourceTraits Check(MapReader keys) => new();

    public async Task<ISourceReader> OpenAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        Opened.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("It came back.");
    }
}
