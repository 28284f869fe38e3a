using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Syncs;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Brings together what is wrong with definitions by themselves, against each other, against their sources and against the live lists.</summary>
internal sealed class DefinitionCheck(LiveResolution resolution, SourceTypes types, SourceCheck sources, Terminal terminal)
{
    /// <summary>Everything that is wrong, by file and line.</summary>
    /// <param name="texts">All definitions: two of them may be in conflict.</param>
    /// <param name="only">The one to report about; all when null.</param>
    /// <param name="offline">Without the live lists.</param>
    /// <param name="stop">Ends the check.</param>
    public async Task<IReadOnlyList<Problem>> RunAsync(IReadOnlyList<DefinitionText> texts, DefinitionText? only, bool offline, CancellationToken stop)
    {
        var definitions = DefinitionSet.Parse(texts, types);
        var live = offline ? [] : await LiveAsync(definitions.Definitions, stop);
        var ofSources = await SourcesAsync(definitions.Definitions, only is null ? texts : [only], offline, stop);

        var own = only is null ? [] : DefinitionParser.Parse(only, types).Problems;

        // Two syncs that name a field alike are found without and with the list: once is enough.
        return
        [
            .. definitions.Problems.Concat(live).Concat(ofSources)
                .Where(problem => only is null || Concerns(problem, only) || own.Contains(problem))
                .DistinctBy(problem => problem.Code == DefinitionErrors.FieldConflict.Id ? $"{problem.File}({problem.Line})" : problem.ToString())
                .OrderBy(problem => problem.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Line ?? 0),
        ];
    }

    /// <summary>Whether a problem is one of this definition; a conflict is one of both.</summary>
    private static bool Concerns(Problem problem, DefinitionText definition) =>
        problem.File == definition.FileName
        || (problem.Code == DefinitionErrors.FieldConflict.Id && problem.Message.Contains($"'{definition.Sync}'", StringComparison.Ordinal));

    private async Task<IEnumerable<Problem>> SourcesAsync(
        IReadOnlyList<SyncDefinition> definitions, IReadOnlyList<DefinitionText> texts, bool offline, CancellationToken stop)
    {
        var problems = new List<Problem>();
        foreach (var (definition, text) in definitions.Join(texts, one => one.File, text => text.FileName, (one, text) => (one, text)))
        {
            problems.AddRange(await sources.RunAsync(definition, text.BaseDirectory, offline, stop));
        }

        return problems;
    }

    /// <summary>What is wrong with definitions against the live lists.</summary>
    public async Task<IReadOnlyList<Problem>> LiveAsync(IReadOnlyList<SyncDefinition> definitions, CancellationToken stop)
    {
        var problems = new List<Problem>();
        var resolved = new List<ResolvedSync>();
        foreach (var definition in definitions)
        {
            var answer = await ResolveAsync(definition, stop);
            problems.AddRange(answer.Problems);
            if (answer.Sync is { } sync)
            {
                resolved.Add(sync);
            }

            if (answer.Failure is { } failure)
            {
                problems.Add(Problem.Of(ErrorCodes.Get(failure.Code), $"List {definition.ListId}: {failure.Message}", file: definition.File));
            }
        }

        return [.. problems, .. SyncConflicts.Find(resolved)];
    }

    private async Task<LiveAnswer> ResolveAsync(SyncDefinition definition, CancellationToken stop)
    {
        while (true)
        {
            var answer = await resolution.ResolveAsync(definition, stop);
            if (answer.Wait is not { } wait)
            {
                return answer;
            }

            if (wait.Reason is WaitReason.MonthlyLimit or WaitReason.Outage)
            {
                var code = wait.Reason == WaitReason.Outage ? AffinityErrors.Unavailable : AffinityErrors.MonthlyLimit;
                return answer with { Failure = new CallProblem(code.Id, code.Title) };
            }

            var now = DateTimeOffset.UtcNow;
            terminal.ErrorLine(StatusText.Waiting(wait.Reason.ToString(), wait.Until, now));
            await Task.Delay(wait.Until > now ? wait.Until - now : TimeSpan.Zero, stop);
        }
    }
}
