using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;

namespace AffinityDurable.Functions.Triggers.Views;

/// <summary>A sync as it stands.</summary>
public sealed record SyncView
{
    public required string Sync { get; init; }

    /// <summary>Id of the list; null while the definition cannot be used.</summary>
    public long? List { get; init; }

    public ScheduleView? Schedule { get; init; }

    /// <summary>What the sync may do by itself now; null while the definition cannot be used.</summary>
    public SyncActivity? State { get; init; }

    /// <summary>An operator's word, which goes before the definition's; null where there is none.</summary>
    public SyncHold? Hold { get; init; }

    /// <summary>The newest run; null before the first.</summary>
    public RunSummary? LastRun { get; init; }

    /// <summary>Everything that is wrong with the definition.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; init; } = [];
}

/// <summary>When a sync runs by itself.</summary>
/// <param name="Cron">Five fields: minute, hour, day of month, month, day of week.</param>
/// <param name="TimeZone">IANA zone of the cron expression.</param>
/// <param name="Next">The next occurrence, in UTC; null where there is none.</param>
public sealed record ScheduleView(string Cron, string TimeZone, DateTimeOffset? Next);

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Code">The error code.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Cure">What to do about it.</param>
/// <param name="Line">The line of the definition, where there is one.</param>
public sealed record DefinitionProblem(string Code, string Message, string Cure, int? Line)
{
    internal static DefinitionProblem Of(Problem problem) => new(problem.Code, problem.Message, problem.Cure, problem.Line);
}

/// <summary>All syncs, by name.</summary>
public sealed record SyncPage(IReadOnlyList<SyncView> Syncs);
