using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>sources test</c>: reads the source of a sync to its end, without Affinity and without a trace.</summary>
internal static class SourcesCommand
{
    private const int MostRows = 20;

    public static Command Create(GlobalOptions globals) => new("sources", "Looks at the sources of syncs") { Test(globals) };

    private static Command Test(GlobalOptions globals)
    {
        var sync = new Argument<string>("sync") { Description = "Name of the sync" };
        var show = new Option<bool>("--show") { Description = "Shows the cells of the first rows; without it only their shape: letters as x, digits as 9" };
        var rows = new Option<int?>("--rows") { Description = $"First rows to show, at most {MostRows} (default 3)", HelpName = "n", CustomParser = ItemLists.Count };
        var domains = new Option<string[]?>("--domains") { Description = "As a run for these domains would read it", HelpName = "domains", CustomParser = ItemLists.Domains };
        var command = new Command("test", "Connects to the sources of a sync, reads them to their end and shows columns, first rows, number of rows and time") { sync, show, rows, domains };
        command.SetAction((result, stop) => TestAsync(
            globals.Session(result),
            result.GetRequiredValue(sync),
            new SourceTrial(ItemLists.Given(result, domains), Math.Clamp(result.GetValue(rows) ?? 3, 0, MostRows)),
            result.GetValue(show),
            stop));
        return command;
    }

    private static async Task<int> TestAsync(Session session, string sync, SourceTrial trial, bool show, CancellationToken stop)
    {
        await using var services = session.Services();
        var loaded = await services.GetRequiredService<SyncCatalog>().LoadAsync(sync, stop);
        if (loaded is not { Definition: { } definition, Document: { } document })
        {
            throw new ProblemException(loaded.Problems);
        }

        var view = new SourceView(session.Terminal, show);
        var adapters = services.GetRequiredService<SourceAdapters>();
        var isGood = true;
        foreach (var source in definition.Sources)
        {
            view.Introduce(source);
            var found = await trial.RunAsync(adapters.Get(source.Type), definition, source, document.BaseDirectory, view.Progress, stop);
            view.Show(found);
            isGood &= found.Problems.Count == 0;
        }

        return isGood ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
