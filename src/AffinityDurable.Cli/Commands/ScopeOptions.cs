using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary>Which sync, and which of its entries: what <c>plan</c> and <c>run</c> take.</summary>
internal sealed class ScopeOptions
{
    private readonly Argument<string> sync = new("sync") { Description = "Name of the sync" };
    private readonly Option<long[]?> entries = new("--entries") { Description = "Only these list entries, by id", HelpName = "ids", CustomParser = Ids };
    private readonly Option<string[]?> domains = new("--domains") { Description = "Only entries with one of these domains", HelpName = "domains", CustomParser = Domains };

    public void AddTo(Command command)
    {
        command.Arguments.Add(sync);
        command.Options.Add(entries);
        command.Options.Add(domains);
        command.Validators.Add(result =>
        {
            if (result.GetResult(entries) is not null && result.GetResult(domains) is not null)
            {
                result.AddError("Give --entries or --domains, not both.");
            }
        });
    }

    public RunRequest Request(ParseResult result, RunMode mode) => new()
    {
        Sync = result.GetRequiredValue(sync),
        Mode = mode,
        Trigger = RunTrigger.CommandLine,
        Entries = Given(result, entries),
        Domains = Given(result, domains),
    };

    /// <summary>The parser gives an empty array for an option that was not given: that would be a scope without any entry.</summary>
    private static T[]? Given<T>(ParseResult result, Option<T[]?> option) => result.GetResult(option) is null ? null : result.GetValue(option);

    private static long[]? Ids(ArgumentResult result)
    {
        var texts = Items(result);
        foreach (var text in texts.Where(text => !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            result.AddError($"'{text}' is not the id of a list entry.");
        }

        return [.. texts.Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)];
    }

    private static string[]? Domains(ArgumentResult result)
    {
        var texts = Items(result);
        foreach (var text in texts.Where(text => DomainKey.Normalize(text) is null))
        {
            result.AddError($"'{text}' is not a domain.");
        }

        return texts;
    }

    /// <summary>Given once with commas, or several times.</summary>
    private static string[] Items(ArgumentResult result)
    {
        string[] items = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (items.Length == 0)
        {
            result.AddError("Give at least one.");
        }

        return items;
    }
}
