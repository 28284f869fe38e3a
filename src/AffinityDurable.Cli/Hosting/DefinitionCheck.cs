using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Syncs;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Brings together what is wrong with definitions by themselves, against each other and against the live lists.</summary>
internal sealed class DefinitionCheck(LiveResolution resolution, Terminal terminal)
{
    /// <summary>Everything that is wrong, by file and line.</summary>
    public async Task<IReadOnlyList<Problem>> RunAsync(DefinitionSet definitions, bool offline, CancellationToken stop)
    {
        var live = offline ? [] : await LiveAsync(definitions.Definitions, stop);

        // Two syncs that name a field alike are found without and with the list: once is enough.
        return
        [
            .. definitions.Problems.Concat(live)
                .DistinctBy(problem => problem.Code == DefinitionErrors.FieldConflict.Id ? $"{problem.File}({problem.Line})" : problem.ToString())
                .OrderBy(problem => problem.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Line ?? 0),
        ];
    }

    /// <summary>Whether a problem is one of this definition; a conflict is one of both.</summary>
    public static bool Concerns(Problem problem, DefinitionText definition) =>
        problem.File == definition.FileName
        || (problem.Code == DefinitionErrors.FieldConflict.Id && problem.Message.Contains($"'{definition.Sync}'", StringComparison.Ordinal));

    private async Task<IEnumerable<Problem>> LiveAsync(IReadOnlyList<SyncDefinition> definitions, CancellationToken stop)
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

        return problems.Concat(SyncConflicts.Find(resolved));
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
