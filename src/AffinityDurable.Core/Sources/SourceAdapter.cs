using AffinityDurable.Core.Definitions.Reading;

namespace AffinityDurable.Core.Sources;

/// <summary>Base of adapters: keys of the definition become settings, once to check them and once to open the source.</summary>
/// <typeparam name="TSettings">The keys of the type.</typeparam>
public abstract class SourceAdapter<TSettings> : ISourceAdapter
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public SourceTraits Check(MapReader keys) => TraitsOf(Read(keys));

    /// <inheritdoc/>
    public Task<ISourceReader> OpenAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var keys = new MapReader(request.Source.Settings, "source", new Findings(""));
        return OpenAsync(Read(keys), request, cancellationToken);
    }

    /// <summary>Reads every key of the type. What is wrong becomes a finding and some default; a source is only opened when there was none.</summary>
    protected abstract TSettings Read(MapReader keys);

    /// <summary>What follows from the settings.</summary>
    protected virtual SourceTraits TraitsOf(TSettings settings) => new();

    /// <inheritdoc cref="ISourceAdapter.OpenAsync"/>
    protected abstract Task<ISourceReader> OpenAsync(TSettings settings, SourceRequest request, CancellationToken cancellationToken);
}
