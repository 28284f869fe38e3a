using System.Text;

namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>
/// The commands of a text that a POSIX shell would run, in order: those of pipes, loops, functions and <c>$(…)</c> too. Words are as the
/// program gets them, quotes taken off; what the shell puts in stays as it is written. Redirections and here-documents are left out.
/// </summary>
internal sealed class ShellScript
{
    /// <summary>Stands in a word for the output of a command, which is in the list as a command of its own.</summary>
    public const string Output = "$()";

    private readonly string text;
    private readonly List<ShellCommand> commands = [];
    private readonly Queue<string> hereDocuments = new();
    private int at;

    private ShellScript(string text) => this.text = text;

    public static IReadOnlyList<ShellCommand> Commands(string text)
    {
        var script = new ShellScript(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        script.Read(end: '\0');
        return script.commands;
    }

    private bool IsAtEnd => at >= text.Length;

    /// <summary>Reads commands up to a closing parenthesis, or all.</summary>
    private void Read(char end)
    {
        var words = new CommandWords();
        while (!IsAtEnd)
        {
            var next = text[at];
            if (next == end)
            {
                at++;
                break;
            }

            ReadNext(next, words);
        }

        words.End(commands);
    }

    private void ReadNext(char next, CommandWords words)
    {
        switch (next)
        {
            case '\n':
                at++;
                words.End(commands);
                SkipHereDocuments();
                break;
            case ' ' or '\t':
                at++;
                words.EndWord();
                break;
            case ';' or '&' or '|' or '(' or ')':
                at++;
                words.End(commands);
                break;
            case '#' when words.IsBetween:
                at = EndOfLine();
                break;
            case '<' or '>':
                ReadRedirection(words);
                break;
            case '\\' when at + 1 < text.Length:
                words.Add(text[at + 1] == '\n' ? "" : text[(at + 1)..(at + 2)], isQuoted: text[at + 1] != '\n');
                at += 2;
                break;
            case '\'':
                words.Add(Until('\''), isQuoted: true);
                break;
            case '"':
                words.Add(ReadDoubleQuotes(), isQuoted: true);
                break;
            case '$' or '`':
                words.Add(ReadExpansion(), isQuoted: false);
                break;
            default:
                words.Add(next.ToString(), isQuoted: false);
                at++;
                break;
        }
    }

    /// <summary>Where it leads is no word of the command; a process substitution is one.</summary>
    private void ReadRedirection(CommandWords words)
    {
        words.DropDescriptor();
        var start = at;
        while (!IsAtEnd && text[at] is '<' or '>' or '&' or '-' or '|')
        {
            at++;
        }

        var sign = text[start..at];
        if (sign is "<" or ">" && !IsAtEnd && text[at] == '(')
        {
            at++;
            Read(')');
            words.Add(Output, isQuoted: true);
            return;
        }

        words.SkipNext(sign is "<<" or "<<-" ? hereDocuments.Enqueue : null);
    }

    private string ReadDoubleQuotes()
    {
        var word = new StringBuilder();
        for (at++; !IsAtEnd && text[at] != '"';)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\' or '$' or '`' or '\n')
            {
                word.Append(text[at + 1] == '\n' ? "" : text[at + 1]);
                at += 2;
            }
            else if (text[at] is '$' or '`')
            {
                word.Append(ReadExpansion());
            }
            else
            {
                word.Append(text[at++]);
            }
        }

        at++;
        return word.ToString();
    }

    private string ReadExpansion()
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("$(("))
        {
            var end = text.IndexOf("))", at, StringComparison.Ordinal);
            var sum = end < 0 ? text[at..] : text[at..(end + 2)];
            at += sum.Length;
            return sum;
        }

        if (rest.StartsWith("$("))
        {
            at += 2;
            Read(')');
            return Output;
        }

        if (rest[0] == '`')
        {
            commands.AddRange(Commands(Until('`')));
            return Output;
        }

        if (rest.StartsWith("$'"))
        {
            at++;
            return Until('\'');
        }

        return rest.StartsWith("${") ? ReadBraces() : text[at++].ToString();
    }

    private string ReadBraces()
    {
        var start = at;
        var depth = 0;
        do
        {
            depth += text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            at++;
        }
        while (!IsAtEnd && (depth > 0 || at == start + 1));

        return text[start..at];
    }

    /// <summary>What is between two of the same, as it is.</summary>
    private string Until(char quote)
    {
        var end = text.IndexOf(quote, at + 1);
        var content = end < 0 ? text[(at + 1)..] : text[(at + 1)..end];
        at = end < 0 ? text.Length : end + 1;
        return content;
    }

    private int EndOfLine() => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;

    private void SkipHereDocuments()
    {
        while (hereDocuments.TryDequeue(out var mark))
        {
            string line;
            do
            {
                var end = EndOfLine();
                line = text[at..end].Trim();
                at = Math.Min(end + 1, text.Length);
            }
            while (line != mark && !IsAtEnd);
        }
    }
}
