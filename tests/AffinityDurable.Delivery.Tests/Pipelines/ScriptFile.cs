using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>A script of the pipeline as it is written: its options, and which of them it cannot do without.</summary>
internal sealed partial class ScriptFile(string path)
{
    public static IEnumerable<ScriptFile> All => Repository.Paths("eng/pipelines/scripts", "*.sh")
        .Where(path => !path.EndsWith("/common.sh", StringComparison.Ordinal)).Select(path => new ScriptFile(path));

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileName(Path);

    public string Text { get; } = Repository.Text(path);

    /// <summary>Lines before the first that is no comment.</summary>
    public IEnumerable<string> Header => Text.Split('\n').Skip(1).TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim());

    /// <summary>Options that take a value.</summary>
    public IReadOnlyList<string> Options => [.. Declared.Where(option => !option.EndsWith('!'))];

    public IReadOnlyList<string> Flags => [.. Declared.Where(option => option.EndsWith('!')).Select(option => option.TrimEnd('!'))];

    /// <summary>Verbs, where the first word is one.</summary>
    public IReadOnlyList<string> Verbs => [.. Verb().Matches(Text).Select(match => match.Groups["verb"].Value)];

    private string[] Declared => ReadOptions().Match(Text).Groups["options"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Options that are asked for whatever the verb is.</summary>
    private IEnumerable<string> Required => Require().Match(Text) is { Success: true } require
        ? require.Groups["names"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name.Replace('_', '-')) : [];

    /// <summary>What is wrong with the arguments of a call.</summary>
    public IEnumerable<string> Problems(IReadOnlyList<string> arguments)
    {
        var rest = new Queue<string>(arguments);
        var given = new List<string>();
        if (Verbs.Count > 0 && !(rest.TryDequeue(out var verb) && Verbs.Contains(verb, StringComparer.Ordinal)))
        {
            yield return $"{Name}: the first argument is one of {string.Join(", ", Verbs)}.";
        }

        while (rest.TryDequeue(out var word))
        {
            var option = word.StartsWith("--", StringComparison.Ordinal) ? word[2..] : "";
            given.Add(option);
            if (!Flags.Contains(option, StringComparer.Ordinal) && !Options.Contains(option, StringComparer.Ordinal))
            {
                yield return $"{Name}: '{word}' is not known.";
            }
            else if (Options.Contains(option, StringComparer.Ordinal) && !(rest.TryDequeue(out var value) && !value.StartsWith("--", StringComparison.Ordinal)))
            {
                yield return $"{Name}: '{word}' takes a value.";
            }
        }

        foreach (var missing in Required.Except(given))
        {
            yield return $"{Name}: '--{missing}' is missing.";
        }
    }

    [GeneratedRegex("^read_options '(?<options>[^']*)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadOptions();

    [GeneratedRegex("^require (?<names>[a-z_ ]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Require();

    [GeneratedRegex(@"^  (?<verb>[a-z-]+)\)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Verb();
}
