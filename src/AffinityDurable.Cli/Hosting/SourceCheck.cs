using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Holds a definition to the columns of its sources.</summary>
internal sealed class SourceCheck(SourceAdapters adapters, Terminal terminal)
{
    /// <summary>What keeps sources from being read, or the columns they lack. A file that has not arrived yet is only a warning.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="baseDirectory">Where its paths start.</param>
    /// <param name="offline">Without sources that need the network.</param>
    /// <param name="stop">Ends the check.</param>
    public async Task<IReadOnlyList<Problem>> RunAsync(SyncDefinition definition, string baseDirectory, bool offline, CancellationToken stop)
    {
        var problems = new List<Problem>();
        foreach (var source in definition.Sources)
        {
            problems.AddRange(await CheckAsync(definition, source, baseDirectory, offline, stop));
        }

        return problems;
    }

    private async Task<IReadOnlyList<Problem>> CheckAsync(SyncDefinition definition, SourceDefinition source, string baseDirectory, bool offline, CancellationToken stop)
    {
        if (offline && source.IsRemote)
        {
            terminal.Line($"{definition.File}: the columns of {source.Place} were not checked, because that needs the network.");
            return [];
        }

        try
        {
            await using var reader = await adapters.Get(source.Type).OpenAsync(new SourceRequest { Source = source, BaseDirectory = baseDirectory, Sync = definition.Sync }, stop);
            return SourceColumns.Missing(reader.Columns, definition, source);
        }
        catch (ProblemException exception) when (IsYetToCome(exception, source, baseDirectory))
        {
            terminal.Line($"{definition.File}: warning {exception.Problems[0].Code} {exception.Problems[0].Message} Its columns were not checked.");
            return [];
        }
        catch (ProblemException exception)
        {
            return [.. exception.Problems.Select(problem => problem with { File = definition.File })];
        }
    }

    /// <summary>Exports may come later; a folder in the place of the file has to go first.</summary>
    private static bool IsYetToCome(ProblemException exception, SourceDefinition source, string baseDirectory) =>
        exception.Problems is [{ } problem]
        && problem.Code == SourceErrors.FileMissing.Id
        && !Directory.Exists(Path.Combine(baseDirectory, source.Place!));
}
