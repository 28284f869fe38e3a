using System.CommandLine;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>apply</c>: writes the stored plan of a run, exactly.</summary>
internal static class ApplyCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var run = RunArgument.Create("Id of the run that made the plan");
        var answer = new AnswerOptions();
        var command = new Command("apply", "Writes the stored plan of a run, after reading every value again; what has changed since is left alone") { run };
        answer.AddTo(command);
        command.SetAction((result, stop) =>
        {
            var planOf = result.GetRequiredValue(run);
            var request = new RunRequest { Sync = planOf.Sync, Mode = RunMode.Apply, Trigger = RunTrigger.CommandLine, PlanOf = planOf.ToString(), By = answer.By(result) };
            return FollowedCommand.ExecuteAsync(globals.Session(result), request, answer.Answer(result), mostChanges: 0, stop);
        });
        return command;
    }
}
