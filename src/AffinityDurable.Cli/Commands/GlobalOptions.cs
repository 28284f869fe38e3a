using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Cli.Commands;

/// <summary>Options that every command takes.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string?> definitions = new("--definitions") { Description = "Folder of the definitions (settings Definitions__Directory, default syncs, or Definitions__BlobUri)", HelpName = "dir", Recursive = true };
    private readonly Option<string?> state = new("--state") { Description = "State directory: runs and their history (setting Stores__Directory, default .affinity-durable)", HelpName = "dir", Recursive = true };
    private readonly Option<Uri?> api = new("--api") { Description = "Base address of the Affinity API (setting Affinity__BaseAddress, default https://api.affinity.co)", HelpName = "url", Recursive = true, CustomParser = Arguments.HttpUrl };
    private readonly Option<FailOn> failOn = new("--fail-on") { Description = "From which outcome on the exit code is not 0", HelpName = "failed|blocked|partial", Recursive = true, DefaultValueFactory = _ => FailOn.Blocked };
    private readonly Option<bool> plain = new("--plain", "--no-color") { Description = "No colors, no redrawn progress", Recursive = true };
    private readonly Option<bool> verbose = new("--verbose") { Description = "Logs from Information on to standard error", Recursive = true };

    public void AddTo(Command root)
    {
        foreach (var option in (Option[])[definitions, state, api, failOn, plain, verbose])
        {
            root.Options.Add(option);
        }
    }

    public Session Session(ParseResult result) => new(
        CliSettings.Load(result.GetValue(definitions), result.GetValue(state), result.GetValue(api)?.ToString()),
        Terminal(result),
        result.GetValue(failOn),
        Level(result));

    public Terminal Terminal(ParseResult result) => Output.Terminal.Create(result.GetValue(plain));

    public LogLevel Level(ParseResult result) => result.GetValue(verbose) ? LogLevel.Information : LogLevel.Warning;

    /// <summary>The state directory as given on the command line, and not otherwise.</summary>
    public string? GivenState(ParseResult result) => result.GetValue(state);
}
