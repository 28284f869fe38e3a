using Spectre.Console;

namespace AffinityDurable.Cli.Output;

/// <summary>Where a command writes: results to standard output, progress and errors to standard error.</summary>
internal sealed class Terminal(IAnsiConsole output, IAnsiConsole error, bool isLive)
{
    /// <summary>Redirected output is read by programs and editors: nothing is wrapped there.</summary>
    private const int RedirectedWidth = 1000;

    public IAnsiConsole Out => output;

    public IAnsiConsole Error => error;

    /// <summary>Whether standard error is a terminal on which progress may be redrawn.</summary>
    public bool IsLive => isLive;

    public static Terminal Create(bool plain) => new(
        Console(System.Console.Out, plain || System.Console.IsOutputRedirected),
        Console(System.Console.Error, plain || System.Console.IsErrorRedirected),
        !plain && !System.Console.IsErrorRedirected);

    /// <summary>Writes one line without markup.</summary>
    /// <remarks>Past the console's wrapping, so that paths and ids can be copied in one piece.</remarks>
    public void Line(string text = "") => output.Profile.Out.Writer.WriteLine(text);

    public void ErrorLine(string text) => error.Profile.Out.Writer.WriteLine(text);

    /// <summary>Asks the person at the terminal; nobody there is a no.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken stop) =>
        isLive && !System.Console.IsInputRedirected && await error.PromptAsync(new ConfirmationPrompt(question) { DefaultValue = false }, stop);

    private static IAnsiConsole Console(TextWriter writer, bool plain)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (plain)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
