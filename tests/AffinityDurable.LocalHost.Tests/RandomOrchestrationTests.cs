using AffinityDurable.LocalHost.Tests.Functions;
using CsCheck;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests;

public sealed class RandomOrchestrationTests
{
    private static readonly string[] Leaves = ["activity", "timer", "fail", "race", "guid"];

    private static readonly Gen<Step> Leaf = Gen.Select(
        Gen.Int[0, Leaves.Length - 1], Gen.Int[0, 20], (kind, value) => new Step(Leaves[kind], value, []));

    private static readonly Gen<Step> Program = Gen.Recursive<Step>((depth, step) => depth >= 4
        ? Leaf
        : Gen.Frequency(
            (3, Leaf),
            (2, step.Array[1, 4].Select(children => new Step("sequence", 0, children))),
            (2, step.Array[1, 4].Select(children => new Step("parallel", 0, children))),
            (1, step.Select(child => new Step("sub", 0, [child])))));

    [Fact]
    public async Task Any_orchestration_gives_the_same_with_and_without_replay_at_every_turn()
    {
        await using var kept = await TestHost.StartAsync(replay: false, jump: true);
        await using var replayed = await TestHost.StartAsync(replay: true, jump: true);
        await Program.SampleAsync(
            async program =>
            {
                var expected = Expected(program);
                return await ResultAsync(kept, program) == expected && await ResultAsync(replayed, program) == expected;
            },
            iter: 150,
            threads: 1);
    }

    private static async Task<string> ResultAsync(TestHost host, Step program)
    {
        var end = await host.RunAsync(nameof(Programs.Interpret), program);
        return end.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? end.ReadOutputAs<string>()! : end.FailureDetails!.ToString();
    }

    /// <summary>The plain meaning of a program, without any durable machinery.</summary>
    private static string Expected(Step step) => step.Kind switch
    {
        "activity" => $"a{step.Value * 2}",
        "timer" => "t",
        "fail" => $"f{step.Value}",
        "race" => "r",
        "guid" => "36g",
        "sub" => $"s({Expected(step.Children[0])})",
        "parallel" => $"[{string.Join(" ", step.Children.Select(Expected))}]",
        _ => $"{{{string.Join(" ", step.Children.Select(Expected))}}}",
    };
}
