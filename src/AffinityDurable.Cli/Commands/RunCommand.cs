using System.CommandLine;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>run</c>: plans and writes.</summary>
internal static class RunCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var scope = new ScopeOptions();
        var answer = new AnswerOptions();
        var command = new Command("run", "Runs a sync: reads, plans, checks the guards, waits for an approval where one is asked for, and writes");
        scope.AddTo(command);
        answer.AddTo(command);
        command.SetAction((result, stop) => FollowedCommand.ExecuteAsync(
            globals.Session(result),
            scope.Request(result, RunMode.Apply) with { By = answer.By(result) },
            answer.Answer(result),
            mostChanges: 0,
            stop));
        return command;
    }
}
