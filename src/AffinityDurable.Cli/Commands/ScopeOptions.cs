using System.CommandLine;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary>Which sync, and which of its entries: what <c>plan</c> and <c>run</c> take.</summary>
internal sealed class ScopeOptions
{
    private readonly Argument<string> sync = new("sync") { Description = "Name of the sync" };
    private readonly Option<long[]?> entries = new("--entries") { Description = "Only these list entries, by id", HelpName = "ids", CustomParser = ItemLists.Ids };
    private readonly Option<string[]?> domains = new("--domains") { Description = "Only entries with one of these domains", HelpName = "domains", CustomParser = ItemLists.Domains };
    private readonly Option<int?> limit = new("--limit") { Description = "Only so many changed entries, in the order of the list", HelpName = "n", CustomParser = ItemLists.Count };
    private readonly Option<int?> canary = new("--canary") { Description = "So many entry changes are written and read back before the rest goes out", HelpName = "n", CustomParser = ItemLists.Count };
    private readonly Option<long?> list = new("--list") { Description = "Another list, by id, to try the sync on; fields go by their names", HelpName = "id" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(sync);
        command.Options.Add(entries);
        command.Options.Add(domains);
        command.Options.Add(limit);
        command.Options.Add(canary);
        command.Options.Add(list);
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
        Entries = ItemLists.Given(result, entries),
        Domains = ItemLists.Given(result, domains),
        Limit = result.GetValue(limit),
        Canary = result.GetValue(canary),
        TestListId = result.GetValue(list),
    };
}
