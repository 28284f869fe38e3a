using System.Text.Json;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Planning;

/// <summary>What is frozen into a snapshot comes out of it the same.</summary>
public sealed class SnapshotJsonTests
{
    [Fact]
    public void Every_live_state_and_kind_of_value_survives()
    {
        var entry = new EntrySnapshot(9001, 5001, "Acme", ["acme.com"],
        [
            LiveValue.Known(null),
            LiveValue.Known(new TextValue("{\"live\":\"Hidden\"}")),
            LiveValue.Known(new NumberValue(12.50m)),
            LiveValue.Known(new DateValue(new DateOnly(2026, 3, 1))),
            LiveValue.Known(new OptionValue(31)),
            LiveValue.Known(new ReferenceValue(5001)),
            LiveValue.Known(new LocationValue("1 Way", null, null, "France", null)),
            LiveValue.Known(SetValue.Of([new OptionValue(2), new OptionValue(1)])),
            LiveValue.NotRequested,
            LiveValue.Hidden,
            LiveValue.Opaque,
            new LiveValue(LiveState.Truncated, null),
        ]);

        var copy = JsonSerializer.Deserialize<EntrySnapshot>(JsonSerializer.Serialize(entry, RunJson.Options), RunJson.Options)!;

        Assert.Equal(entry.Values, copy.Values);
        Assert.Equal((entry.EntryId, entry.EntityId, entry.Name), (copy.EntryId, copy.EntityId, copy.Name));
    }
}
