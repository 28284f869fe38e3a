using System.Text.Json;
using AffinityDurable.Delivery.Tests.Operations;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>An <c>az</c> that writes down how it was called and answers what it was told to; a call that nobody foresaw fails.</summary>
internal sealed class FakeAz
{
    private readonly Folder folder;
    private int answers;

    public FakeAz(Folder folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder.At("az/answers"));
        folder.Program("bin/az", $"""
            jq --compact-output --null-input '$ARGS.positional' --args -- "$@" >>'{folder.At("az/calls.jsonl")}'
            for file in '{folder.At("az/answers")}'/*; do
              if [[ -f $file && "$*" == "$(head -n 1 "$file")"* ]]; then tail -n +2 "$file"; exit 0; fi
            done
            echo "ERROR: nobody told this az what 'az $*' answers." >&2
            exit 3
            """);
    }

    /// <summary>What a script finds first on the path.</summary>
    public Dictionary<string, string> Environment => new(StringComparer.Ordinal) { ["PATH"] = $"{folder.At("bin")}:{System.Environment.GetEnvironmentVariable("PATH")}" };

    /// <summary>The calls there were, word by word; each is one that the real program understands.</summary>
    public IReadOnlyList<string[]> Calls
    {
        get
        {
            List<string[]> calls = File.Exists(folder.At("az/calls.jsonl"))
                ? [.. File.ReadLines(folder.At("az/calls.jsonl")).Select(line => JsonSerializer.Deserialize<string[]>(line)!)] : [];
            Assert.Empty(calls.SelectMany(CommandGrammar.Az.Problems));
            return calls;
        }
    }

    /// <summary>Answers calls that begin with these words.</summary>
    public FakeAz Answers(string beginning, string answer = "")
    {
        folder.Write($"az/answers/{answers++:000}", $"{beginning}\n{answer}");
        return this;
    }
}
