using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Functions.Syncs;

/// <summary>The definitions as they are now, read and parsed.</summary>
public sealed class SyncCatalog(IDefinitionStore definitions, SourceTypes types)
{
    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) => definitions.ListAsync(cancellationToken);

    /// <summary>A definition by the name of its sync; the problems say when there is none or more than one.</summary>
    public async Task<LoadedSync> LoadAsync(string sync, CancellationToken cancellationToken)
    {
        try
        {
            var document = await definitions.ReadAsync(sync, cancellationToken);
            var parsed = DefinitionParser.Parse(document.Text, document.FileName, types);
            return new LoadedSync(document, parsed.Definition, parsed.Problems);
        }
        catch (ProblemException exception)
        {
            return new LoadedSync(null, null, exception.Problems);
        }
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
