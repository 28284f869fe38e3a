using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>All that one turn of an instance changes; committed as a whole.</summary>
internal sealed record TurnResult
{
    public required InstanceRecord Record { get; init; }

    /// <summary>Sequence number of the first line to append.</summary>
    public required int AppendAt { get; init; }

    public required IReadOnlyList<HistoryEvent> Lines { get; init; }

    /// <summary>Stored messages that are recorded, or dropped, by this turn.</summary>
    public required IReadOnlyList<long> ConsumedRows { get; init; }

    public required OrchestrationRuntimeStatus Status { get; init; }
    public required string? CustomStatus { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Output { get; init; }
    public string? Failure { get; init; }

    /// <summary>Terminate the sub-orchestrations as well; carries the reason.</summary>
    public HistoryEvent? TerminateChildren { get; init; }

    public Continuation? Continuation { get; init; }

    /// <summary>The instance was suspended in the turn that ended with continue-as-new.</summary>
    public bool StaysSuspended => Continuation is not null && Status == OrchestrationRuntimeStatus.Suspended;

    /// <summary>External events handed on to the next execution.</summary>
    public IReadOnlyList<(string Name, string? Payload)> CarriedEvents { get; init; } = [];

    /// <summary>With <see cref="Continuation"/>: what the history starts with again.</summary>
    public IReadOnlyList<HistoryEvent> FirstLinesOfNextExecution() =>
    [
        new(HistoryEventKind.ContinuedAsNew, At) { Name = Record.Name, Payload = Continuation!.Input },
        .. CarriedEvents.Select(e => new HistoryEvent(HistoryEventKind.EventRaised, At) { Name = e.Name, Payload = e.Payload }),
        .. StaysSuspended ? [new HistoryEvent(HistoryEventKind.Suspended, At)] : Array.Empty<HistoryEvent>(),
    ];

    public IEnumerable<HistoryEvent> Actions => Lines.Where(line => line.IsAction);
}
