using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>Which syncs come before which.</summary>
public static class SyncDependencies
{
    /// <summary>Names that there are not, and circles.</summary>
    /// <param name="definitions">The definitions that could be read.</param>
    /// <param name="names">Names of all syncs, also of those that could not be read.</param>
    public static IReadOnlyList<Problem> Find(IReadOnlyCollection<SyncDefinition> definitions, IEnumerable<string> names)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        var bySync = definitions.GroupBy(definition => definition.Sync, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        return
        [
            .. from definition in definitions
               from dependency in definition.Schedule.DependsOn
               let problem = ProblemOf(definition, dependency, known, bySync)
               where problem is not null
               select problem,
        ];
    }

    /// <summary>In the order in which they run: what others depend on before them, then lower numbers of priority, then names.</summary>
    public static IReadOnlyList<SyncDefinition> InOrder(IEnumerable<SyncDefinition> definitions)
    {
        var left = definitions.OrderBy(definition => definition.Schedule.Priority).ThenBy(definition => definition.Sync, StringComparer.Ordinal).ToList();
        var ordered = new List<SyncDefinition>(left.Count);
        while (left.Count > 0)
        {
            // In a circle nobody is first; such syncs are not scheduled, so the order of what is left does not matter.
            var next = left.Find(one => !left.Exists(other => other != one && one.DependsOn(other.Sync))) ?? left[0];
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static bool DependsOn(this SyncDefinition definition, string sync) => definition.Schedule.DependsOn.Any(dependency => dependency.Sync == sync);

    private static Problem? ProblemOf(SyncDefinition definition, SyncDependency dependency, HashSet<string> known, Dictionary<string, SyncDefinition> bySync)
    {
        if (!known.Contains(dependency.Sync))
        {
            return Problem.Of(
                ScheduleDefinitionErrors.UnknownDependency,
                $"'schedule.dependsOn' of sync '{definition.Sync}' names '{dependency.Sync}', and there is no such sync.",
                file: definition.File,
                line: dependency.Line);
        }

        return PathBack(definition.Sync, dependency.Sync, bySync) is { } path
            ? Problem.Of(
                ScheduleDefinitionErrors.DependencyCircle,
                $"Each of these syncs waits for the next: {string.Join(" → ", path.Prepend(definition.Sync).Select(name => $"'{name}'"))}.",
                file: definition.File,
                line: dependency.Line)
            : null;
    }

    /// <summary>The way from a sync along what it depends on to another; null when there is none.</summary>
    private static IReadOnlyList<string>? PathBack(string to, string from, Dictionary<string, SyncDefinition> bySync)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var name))
        {
            if (name == to)
            {
                return [.. Enumerable.Reverse(WayTo(name, cameFrom))];
            }

            foreach (var next in bySync.TryGetValue(name, out var definition) ? definition.Schedule.DependsOn : [])
            {
                if (cameFrom.TryAdd(next.Sync, name))
                {
                    open.Enqueue(next.Sync);
                }
            }
        }

        return null;
    }

    private static List<string> WayTo(string name, Dictionary<string, string?> cameFrom)
    {
        var way = new List<string>();
        for (var step = name; step is not null; step = cameFrom[step])
        {
            way.Add(step);
        }

        return way;
    }
}
