using System.Collections.Concurrent;

namespace AffinityDurable.LocalHost.Tests;

/// <summary>What functions under test noted; a singleton of the test's services.</summary>
public sealed class Recorder
{
    public ConcurrentQueue<string> Notes { get; } = new();

    /// <summary>What triggers said beside their values.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, object?>> Told { get; } = new();

    public void Note(string note) => Notes.Enqueue(note);

    public int Count(string note) => Notes.Count(n => n == note);
}
