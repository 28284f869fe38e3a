using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Pushing;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Push;

/// <summary>Rows that were sent to this program, in order of arrival.</summary>
internal sealed class PushSourceAdapter(ISyncState? state = null) : SourceAdapter<PushSettings>
{
    public override string Name => "push";

    protected override PushSettings Read(MapReader keys)
    {
        if (keys.Written.Entries.FirstOrDefault(entry => entry is { Key: "delivers", Value: Core.Definitions.Yaml.YamlText { Value: "all" } }) is { } all)
        {
            keys.Report(ArrivalDefinitionErrors.PushDeliversChanges, "'source.delivers' is 'all'.", all.Value);
        }

        return PushKeys.Read(keys);
    }

    protected override SourceTraits TraitsOf(PushSettings settings) => new() { Delivers = Delivery.Changes, Place = "pushed rows" };

    protected override async Task<ISourceReader> OpenAsync(PushSettings settings, SourceRequest request, CancellationToken cancellationToken)
    {
        if (state is null || request.Sync.Length == 0)
        {
            return new PushReader(settings, null, request.Sync, []);
        }

        var staged = new StagedPushes(state);
        var waiting = await staged.ListAsync(request.Sync, request.Source.Name, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new PushReader(settings, staged, request.Sync, waiting);
    }
}
