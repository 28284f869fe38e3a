using System.CommandLine;
using AffinityDurable.Cli.Hosting;

namespace AffinityDurable.Cli.Commands;

/// <summary>Who answers to a plan that waits for an approval, and what.</summary>
internal sealed class AnswerOptions
{
    private readonly Option<bool> approve = new("--approve") { Description = "Approves the plan, if it has to be approved, without asking" };
    private readonly Option<string> by = ByOption();
    private readonly Option<string?> comment = new("--comment") { Description = "What is said about the plan; goes into the report", HelpName = "text" };

    /// <summary>The name that goes into reports.</summary>
    public static Option<string> ByOption() => new("--by")
    {
        Description = "Who asks for it; goes into the report",
        HelpName = "name",
        DefaultValueFactory = _ => Environment.UserName,
    };

    /// <summary>For commands that may come upon a plan that waits.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(approve);
        AddAnswerTo(command);
    }

    /// <summary>For commands that are an answer.</summary>
    public void AddAnswerTo(Command command)
    {
        command.Options.Add(by);
        command.Options.Add(comment);
    }

    public string By(ParseResult result) => result.GetRequiredValue(by);

    public PlanAnswer Answer(ParseResult result) => new(result.GetResult(approve) is not null && result.GetValue(approve), By(result), result.GetValue(comment));
}
