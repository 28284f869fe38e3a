namespace AffinityDurable.LocalHost.Tests.Process;

/// <summary>The instances of the workload and what they have to give.</summary>
public static class Plan
{
    public static IReadOnlyList<(string Id, string Orchestrator, object? Input)> Instances { get; } =
    [
        ("receiver", nameof(Workload.Receiver), null),
        ("sender", nameof(Workload.Sender), "receiver"),
        ("timers", nameof(Workload.TimerChain), Workload.Steps),
        ("tree", nameof(Workload.Tree), Workload.TreeDepth),
        ("loop", nameof(Workload.Loop), 0),
        .. Enumerable.Range(0, 10).Select(i => ($"fan{i}", nameof(Workload.FanOut), (object?)Workload.FanOutWidth)),
    ];

    public static string Expected(string id) => id switch
    {
        "receiver" => $"\"{string.Join(",", Enumerable.Range(0, 20))}\"",
        "sender" => "\"sent\"",
        "timers" => "60",
        "loop" => "40",
        _ when id.StartsWith("fan", StringComparison.Ordinal) => "328350",
        _ => TreeLeaves(id).ToString(),
    };

    private static int TreeLeaves(string id) => (int)Math.Pow(3, Workload.TreeDepth - id.Count(c => c == '.'));
}
