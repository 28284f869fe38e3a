using System.CommandLine;
using AffinityDurable.Cli.Output;
using AffinityDurable.Functions.Triggers.Access;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>keys new</c>: makes a key of the HTTP API. Nothing is stored: the host learns the hash by its settings.</summary>
internal static class KeysCommand
{
    private const string Reader = "reader";
    private const string Operator = "operator";

    public static Command Create(GlobalOptions globals) => new("keys", "Makes keys for programs that call the HTTP API") { New(globals) };

    private static Command New(GlobalOptions globals)
    {
        var name = new Argument<string>("name") { Description = "Who uses it, as records will say: letters and digits" };
        var role = new Option<string>("--role") { Description = "What it may do: look, or also start, hold and undo", HelpName = "reader|operator", DefaultValueFactory = _ => Reader };
        role.AcceptOnlyFromAmong(Reader, Operator);
        var command = new Command("new", "Makes a key, shows it once, and shows the settings that the host needs") { name, role };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is { } given && !ApiKey.IsName(given))
            {
                result.AddError($"'{given}' is not the name of a key: 1 to 40 letters and digits, the first a letter.");
            }
        });
        command.SetAction(result => Show(globals.Terminal(result), result.GetRequiredValue(name), result.GetRequiredValue(role)));
        return command;
    }

    private static int Show(Terminal terminal, string name, string role)
    {
        var key = ApiKey.New();
        terminal.Line($"The key of '{name}', shown this once; the caller sends it as X-Api-Key:");
        terminal.Line($"  {key}");
        terminal.Line("Settings of the host, which cannot make the key out of them:");
        terminal.Line($"  Access__Keys__{name}__Hash={ApiKey.HashOf(key)}");
        terminal.Line($"  Access__Keys__{name}__Role={role}");
        return ExitCodes.Succeeded;
    }
}
