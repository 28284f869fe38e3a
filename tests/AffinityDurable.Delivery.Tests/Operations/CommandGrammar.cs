using System.Text.Json;
using System.Text.Json.Serialization;

namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>What a program understands: its commands, and the options of each, from the program's own parser and its public reference.</summary>
internal sealed class CommandGrammar
{
    private readonly string program;
    private readonly Dictionary<string, GrammarCommand> commands;

    private CommandGrammar(string program, GrammarFile file)
    {
        this.program = program;
        commands = file.Commands.ToDictionary(
            command => command.Key, command => new GrammarCommand(command.Value, file.Global), StringComparer.Ordinal);
    }

    public static CommandGrammar Az { get; } = Load("az");

    public static CommandGrammar Azd { get; } = Load("azd");

    /// <summary>Everything that is wrong with the arguments of the program.</summary>
    public IEnumerable<string> Problems(IReadOnlyList<string> arguments)
    {
        var path = arguments.TakeWhile(word => !word.StartsWith('-')).ToList();
        while (path.Count > 0 && !commands.ContainsKey(string.Join(' ', path)))
        {
            path.RemoveAt(path.Count - 1);
        }

        var name = string.Join(' ', path);
        return name.Length == 0
            ? [$"'{program} {string.Join(' ', arguments)}' is no command of Operations/{program}.json: is it misspelt? Else add what '{program} … --help' says."]
            : commands[name].Problems([.. arguments.Skip(path.Count)]).Select(problem => $"{program} {name}: {problem}");
    }

    /// <summary>Whether words are a command without its options, or a group of commands.</summary>
    public bool IsBeginning(IReadOnlyList<string> words) =>
        commands.Keys.Any(name => $"{name} ".StartsWith($"{string.Join(' ', words)} ", StringComparison.Ordinal));

    private static CommandGrammar Load(string program)
    {
        var file = Repository.Text($"tests/AffinityDurable.Delivery.Tests/Operations/{program}.json");
        return new(program, JsonSerializer.Deserialize<GrammarFile>(file, JsonSerializerOptions.Web)!);
    }

    internal sealed record GrammarFile(IReadOnlyList<string> Global, IReadOnlyDictionary<string, GrammarEntry> Commands);

    /// <param name="Required">Options that have to be given; of those joined by <c>or</c>, one.</param>
    /// <param name="Options">Names, and after them <c>V</c> for a value or the words that it can be: <c>+</c> and <c>*</c> take several, brackets make it optional.</param>
    internal sealed record GrammarEntry(IReadOnlyList<string> Required, IReadOnlyList<string> Options)
    {
        /// <summary>Most arguments that are no options.</summary>
        [JsonPropertyName("arguments")]
        public int MostArguments { get; init; }
    }
}
