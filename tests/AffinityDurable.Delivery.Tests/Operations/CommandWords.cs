using System.Text;
using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>A command as it is put together, word by word.</summary>
internal sealed partial class CommandWords
{
    /// <summary>Words of the shell before which or after which a command begins.</summary>
    private static readonly string[] Keywords = ["if", "then", "elif", "else", "fi", "while", "until", "do", "done", "for", "in", "case", "esac", "function", "{", "}", "!", "time"];

    private readonly List<string> words = [];
    private readonly StringBuilder word = new();
    private bool isBegun;
    private bool isQuoted;
    private bool isSkipped;
    private Action<string>? skipped;

    /// <summary>Whether the next character begins a word.</summary>
    public bool IsBetween => !isBegun;

    public void Add(string text, bool isQuoted)
    {
        isBegun |= isQuoted || text.Length > 0;
        this.isQuoted |= isQuoted;
        word.Append(text);
    }

    /// <summary>The number before a redirection belongs to it.</summary>
    public void DropDescriptor()
    {
        if (isBegun && !isQuoted && word.ToString().All(char.IsAsciiDigit))
        {
            word.Clear();
            isBegun = false;
        }

        EndWord();
    }

    /// <summary>The next word is where a redirection leads.</summary>
    public void SkipNext(Action<string>? target) => (isSkipped, skipped) = (true, target);

    public void EndWord()
    {
        if (!isBegun)
        {
            return;
        }

        var ended = word.ToString();
        var isOfTheShell = !isQuoted && words.Count == 0 && (Keywords.Contains(ended) || Assignment().IsMatch(ended));
        if (isSkipped)
        {
            skipped?.Invoke(ended);
            (isSkipped, skipped) = (false, null);
        }
        else if (!isOfTheShell && !(words.Count == 0 && Assignment().IsMatch(ended)))
        {
            words.Add(ended);
        }

        word.Clear();
        (isBegun, isQuoted) = (false, false);
    }

    public void End(ICollection<ShellCommand> commands)
    {
        EndWord();
        isSkipped = false;
        if (words.Count > 0)
        {
            commands.Add(new ShellCommand([.. words]));
            words.Clear();
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\+?=")]
    private static partial Regex Assignment();
}

/// <summary>A command that a shell runs.</summary>
/// <param name="Words">The program and its arguments.</param>
internal sealed record ShellCommand(IReadOnlyList<string> Words)
{
    public string Program => Words[0];

    public IReadOnlyList<string> Arguments => [.. Words.Skip(1)];

    public override string ToString() => string.Join(' ', Words);
}
