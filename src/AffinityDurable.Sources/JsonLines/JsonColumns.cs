using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.JsonLines;

/// <summary>The keys of the objects of a file, in the order in which they turned up first.</summary>
internal sealed class JsonColumns(string file)
{
    private const int Most = 2000;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => _names;

    /// <summary>The place of the key at which a reader stands; what comes next is mostly what came next before.</summary>
    /// <returns>Negative when the key is new.</returns>
    public int Find(ref Utf8JsonReader reader, int guess) =>
        guess < _names.Count && reader.ValueTextEquals(_names[guess]) ? guess
        : _byName.TryGetValue(reader.GetString()!, out var place) ? place
        : -1;

    /// <exception cref="ProblemException">There are too many (AFF232).</exception>
    public void Add(string name)
    {
        if (_names.Count == Most)
        {
            throw new ProblemException(Problem.Of(FileErrors.TooManyKeys, $"The objects of '{file}' have more than {Most} different keys."));
        }

        _byName.Add(name, _names.Count);
        _names.Add(name);
    }
}
