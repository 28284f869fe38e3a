using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Functions.Syncs;

/// <summary>The definitions as they are now, read and parsed.</summary>
public sealed class SyncCatalog(IDefinitionStore definitions, SourceTypes types)
{
    /// <summary>A definition by the name of its sync; the problems say when there is none or more than one.</summary>
    public async Task<LoadedSync> LoadAsync(string sync, CancellationToken cancellationToken)
    {
        try
        {
            var document = await definitions.ReadAsync(sync, cancellationToken);
            return Parse(document);
        }
        catch (ProblemException exception)
        {
            return new LoadedSync(null, null, exception.Problems);
        }
    }

    /// <summary>A definition that a request names.</summary>
    /// <exception cref="ProblemException">There is none of this name (AFF721).</exception>
    public async Task<LoadedSync> RequireAsync(string sync, CancellationToken cancellationToken) =>
        await LoadAsync(sync, cancellationToken) is { IsUnknown: false } loaded
            ? loaded
            : throw new ProblemException(Problem.Of(HostErrors.NotThere, $"There is no sync '{sync}'."));

    /// <summary>Every sync by its name, in one look at the store. What is wrong with one is its own affair.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, LoadedSync>>> LoadAllAsync(CancellationToken cancellationToken)
    {
        var texts = await definitions.ReadAllAsync(cancellationToken);
        return
        [
            .. texts.GroupBy(text => text.Sync, StringComparer.Ordinal)
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => KeyValuePair.Create(same.Key, Only(same.Key, [.. same]))),
        ];
    }

    private LoadedSync Only(string sync, IReadOnlyList<DefinitionText> texts)
    {
        try
        {
            return Parse(DefinitionSet.Pick(sync, texts, ""));
        }
        catch (ProblemException twice)
        {
            return new LoadedSync(null, null, twice.Problems);
        }
    }

    private LoadedSync Parse(DefinitionText document)
    {
        var parsed = DefinitionParser.Parse(document, types);
        return new LoadedSync(document, parsed.Definition, parsed.Problems);
    }
}

/// <summary>A definition as text and, when nothing is wrong with it, parsed.</summary>
/// <param name="Document">The text; null when the definition could not be read.</param>
/// <param name="Definition">The definition; null when there are problems.</param>
/// <param name="Problems">Everything that is wrong with it.</param>
public sealed record LoadedSync(DefinitionText? Document, SyncDefinition? Definition, IReadOnlyList<Problem> Problems)
{
    /// <summary>There is no definition of this name.</summary>
    public bool IsUnknown => Problems is [{ } problem] && problem.Code == DefinitionErrors.UnknownSync.Id;
}
