namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>A command with its options.</summary>
internal sealed class GrammarCommand
{
    private readonly CommandGrammar.GrammarEntry entry;
    private readonly Dictionary<string, GrammarOption> options = new(StringComparer.Ordinal);

    public GrammarCommand(CommandGrammar.GrammarEntry entry, IEnumerable<string> global)
    {
        this.entry = entry;
        foreach (var option in entry.Options.Concat(global).Select(GrammarOption.Read))
        {
            foreach (var name in option.Names)
            {
                options.TryAdd(name, option);
            }
        }
    }

    public IEnumerable<string> Problems(IReadOnlyList<string> words)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        var free = 0;

        // What an array of the shell holds is not known.
        var isWhole = !words.Any(word => word.Contains("[@]", StringComparison.Ordinal));
        for (var at = 0; at < words.Count; at++)
        {
            var (name, attached) = Split(words[at]);
            if (!name.StartsWith('-') || name == "-")
            {
                free++;
                continue;
            }

            if (!options.TryGetValue(name, out var option))
            {
                yield return $"there is no option {name}";
                continue;
            }

            given.UnionWith(option.Names);
            IReadOnlyList<string> values = attached is null ? [.. words.Skip(at + 1).TakeWhile(word => !IsOption(word)).Take(option.Most)] : [attached];
            at += attached is null ? values.Count : 0;
            foreach (var problem in option.Problems(name, values))
            {
                yield return problem;
            }
        }

        if (isWhole && free > entry.MostArguments)
        {
            yield return $"takes at most {entry.MostArguments} arguments that are no options, and there are {free}";
        }

        foreach (var missing in entry.Required.Where(either => isWhole && !either.Split(" or ").Any(given.Contains)))
        {
            yield return $"lacks {missing}";
        }
    }

    private bool IsOption(string word) => word.StartsWith("--", StringComparison.Ordinal) || options.ContainsKey(word);

    private static (string Name, string? Value) Split(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && word.IndexOf('=', StringComparison.Ordinal) is > 0 and var end
            ? (word[..end], word[(end + 1)..])
            : (word, null);
}

/// <summary>An option: its names, and the values that it takes.</summary>
/// <param name="Names">Long and short.</param>
/// <param name="Least">Values that it has to have.</param>
/// <param name="Most">Values that it can have.</param>
/// <param name="Choices">What they can be; empty for anything.</param>
internal sealed record GrammarOption(IReadOnlyList<string> Names, int Least, int Most, IReadOnlyList<string> Choices)
{
    /// <summary>Reads <c>--name -n V</c>, <c>--tags V*</c>, <c>--mode key|login</c> or <c>--disabled [false|true]</c>.</summary>
    public static GrammarOption Read(string text)
    {
        var parts = text.Split(' ');
        var names = parts.Where(part => part.StartsWith('-')).ToList();
        if (parts[^1].StartsWith('-'))
        {
            return new(names, 0, 0, []);
        }

        var value = parts[^1].Trim('[', ']');
        var isOptional = parts[^1].StartsWith('[') || value.EndsWith('*');
        var most = value.EndsWith('*') || value.EndsWith('+') ? int.MaxValue : 1;
        var choices = value.TrimEnd('*', '+') is var said && said == "V" ? [] : said.Split('|');
        return new(names, isOptional ? 0 : 1, most, choices);
    }

    public IEnumerable<string> Problems(string name, IReadOnlyList<string> values)
    {
        if (values.Count < Least)
        {
            yield return $"{name} lacks its value";
        }

        foreach (var value in values.Where(value => Most == 0 || !IsChoice(value)))
        {
            yield return Most == 0 ? $"{name} takes no value" : $"{name} cannot be '{value}': {string.Join(", ", Choices)}";
        }
    }

    /// <summary>What the shell puts in may be anything.</summary>
    private bool IsChoice(string value) => Choices.Count == 0 || value.Contains('$', StringComparison.Ordinal) || Choices.Contains(value, StringComparer.OrdinalIgnoreCase);
}
