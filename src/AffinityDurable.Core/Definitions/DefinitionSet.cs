using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Definitions;

/// <summary>All definitions of a store, checked one by one and against each other, without network.</summary>
/// <param name="Definitions">Those that have no problem of their own.</param>
/// <param name="Problems">Everything that is wrong, by file and line.</param>
public sealed record DefinitionSet(IReadOnlyList<SyncDefinition> Definitions, IReadOnlyList<Problem> Problems)
{
    /// <inheritdoc cref="Parse"/>
    public static async Task<DefinitionSet> ReadAsync(IDefinitionStore store, SourceTypes types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Parse(await store.ReadAllAsync(cancellationToken), types);
    }

    /// <summary>Parses all, and finds syncs defined twice and fields written by two syncs.</summary>
    public static DefinitionSet Parse(IReadOnlyList<DefinitionText> texts, SourceTypes types)
    {
        var parsed = texts.Select(text => DefinitionParser.Parse(text, types)).ToList();
        var definitions = parsed.Select(one => one.Definition).OfType<SyncDefinition>().ToList();
        var problems = parsed.SelectMany(one => one.Problems)
            .Concat(Duplicates(texts))
            .Concat(UnknownSyncs(texts))
            .Concat(SyncConflicts.Find(definitions))
            .Concat(SyncDependencies.Find(definitions, texts.Select(text => text.Sync)));
        return new DefinitionSet(definitions, [.. problems.Distinct().OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line ?? 0)]);
    }

    /// <summary>The one definition of a sync.</summary>
    /// <param name="sync">Its name.</param>
    /// <param name="texts">All definitions.</param>
    /// <param name="place">The store, as messages name it.</param>
    /// <exception cref="ProblemException"><c>AFF120</c>, <c>AFF121</c>.</exception>
    public static DefinitionText Pick(string sync, IReadOnlyList<DefinitionText> texts, string place)
    {
        var found = texts.Where(text => text.Sync == sync).ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new ProblemException(Unknown(sync, texts, place)),
            _ => throw new ProblemException([.. Duplicates(found)]),
        };
    }

    private static Problem Unknown(string sync, IReadOnlyList<DefinitionText> texts, string place)
    {
        var names = texts.Select(text => text.Sync).Order(StringComparer.Ordinal).ToList();
        return Problem.Of(
            DefinitionErrors.UnknownSync,
            $"There is no sync '{sync}' in {place}.{Nearest.DidYouMean(sync, names)}",
            names.Count == 0 ? "There are no definitions at all yet." : $"Known: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}.");
    }

    private static IEnumerable<Problem> UnknownSyncs(IReadOnlyList<DefinitionText> texts)
    {
        var syncs = texts.Select(text => text.Sync).ToHashSet(StringComparer.Ordinal);
        return texts.Select(text => text.Overlay).FirstOrDefault()?.UnknownSyncs(syncs) ?? [];
    }

    private static IEnumerable<Problem> Duplicates(IEnumerable<DefinitionText> texts) =>
        from same in texts.GroupBy(text => text.Sync, StringComparer.Ordinal)
        from again in same.Skip(1)
        select Problem.Of(
            DefinitionErrors.DuplicateSync,
            $"The sync '{same.Key}' is defined in {same.First().FileName} and in {again.FileName}.",
            file: again.FileName);
}
