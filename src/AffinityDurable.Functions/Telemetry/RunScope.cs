using System.Collections;
using System.Diagnostics;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Telemetry;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>Which run the code at hand works for: a scope of every log message, and tags of its span. The list is added once it is known.</summary>
public sealed class RunScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<RunScope?> Ambient = new();

    private readonly List<KeyValuePair<string, object?>> members = [];
    private readonly Activity? span;

    private RunScope(Activity? span) => this.span = span;

    /// <summary>The run at hand; null outside of a run's steps.</summary>
    public static RunScope? Current => Ambient.Value;

    public int Count => members.Count;

    public KeyValuePair<string, object?> this[int index] => members[index];

    /// <summary>Works for a run from here on, in this flow of control.</summary>
    internal static RunScope Begin(string? runId, Activity? span)
    {
        var scope = new RunScope(span);
        if (runId is not null)
        {
            scope.Add("RunId", Signals.RunId, runId);
        }

        if (RunId.TryParse(runId, out var parsed))
        {
            scope.Add("Sync", Signals.Sync, parsed.Sync);
        }

        return Ambient.Value = scope;
    }

    /// <summary>Says which list the run works on; the first word counts.</summary>
    internal static void On(long listId)
    {
        if (Current is { } scope && !scope.members.Exists(member => member.Key == "ListId"))
        {
            scope.Add("ListId", Signals.ListId, listId);
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", members.Select(member => $"{member.Key}: {member.Value}"));

    private void Add(string name, string tag, object value)
    {
        members.Add(new(name, value));
        span?.SetTag(tag, value);
    }
}
