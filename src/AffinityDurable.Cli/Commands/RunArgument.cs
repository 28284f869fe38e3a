using System.CommandLine;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary>The id of a run as an argument, whose form is checked before anything is done.</summary>
internal static class RunArgument
{
    public static Argument<RunId> Create(string description) => new("run")
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (RunId.TryParse(text, null, out var id))
            {
                return id;
            }

            result.AddError($"'{text}' is no id of a run; `affinity-durable runs` lists them.");
            return null;
        },
    };
}
