using System.CommandLine;
using System.CommandLine.Invocation;

namespace AffinityDurable.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> InvokeAsync(string[] args, CancellationToken stop)
    {
        var globals = new GlobalOptions();
        var result = Root(globals).Parse(args);
        if (result.Action is ParseErrorAction wrongUsage)
        {
            // The message is what matters; who asks for nothing at all is shown what there is.
            wrongUsage.ShowHelp = args.Length == 0;
        }

        // Signals are the program's own affair: it has to stop the host first.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var code = await Failures.GuardAsync(globals.Terminal(result), () => result.InvokeAsync(invocation, stop), stop);
        return result.Action is ParseErrorAction ? ExitCodes.Usage : code;
    }

    private static RootCommand Root(GlobalOptions globals)
    {
        var root = new RootCommand("Brings portfolio data from files, databases and feeds into the fields of Affinity lists.")
        {
            DemoCommand.Create(globals),
            ListsCommand.Create(globals),
            FieldsCommand.Create(globals),
            EntriesCommand.Create(globals),
            ValidateCommand.Create(globals),
            PublishCommand.Create(globals),
            SourcesCommand.Create(globals),
            PlanCommand.Create(globals),
            RunCommand.Create(globals),
            ApplyCommand.Create(globals),
            AnswerCommands.Approve(globals),
            AnswerCommands.Decline(globals),
            CancelCommand.Create(globals),
            UndoCommand.Create(globals),
            HoldCommand.Create(globals),
            ReleaseCommand.Create(globals),
            AdoptCommand.Create(globals),
            DiffCommand.Create(globals),
            ExplainCommand.Create(globals),
            RunsCommand.Create(globals),
            NightsCommand.Create(globals),
            ServeCommand.Create(globals),
            KeysCommand.Create(globals),
            WebhookCommand.Create(globals),
            SimulatorCommand.Create(globals),
        };
        globals.AddTo(root);
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion();
        return root;
    }
}
