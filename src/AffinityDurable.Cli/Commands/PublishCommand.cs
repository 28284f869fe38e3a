using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>publish</c>: the definitions of a folder into the container that a deployment reads.</summary>
internal static class PublishCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var folder = new Argument<string?>("folder") { Description = "Folder of the definitions (optional; default that of --definitions)", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string?>("--to") { Description = "Address of the Blob container (default the setting Definitions__BlobUri)", HelpName = "url" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Shows what would be published; changes nothing" };
        var prune = new Option<bool>("--prune") { Description = "Removes definitions that only the container has" };
        var command = new Command("publish", "Checks all definitions of a folder and uploads them, with their overlays, to the Blob container that a deployment reads")
        {
            folder, to, dryRun, prune,
        };
        command.SetAction((result, stop) => PublishAsync(
            globals.Session(result), result.GetValue(folder), result.GetValue(to), result.GetValue(dryRun), result.GetValue(prune), stop));
        return command;
    }

    private static async Task<int> PublishAsync(Session session, string? folder, string? to, bool dryRun, bool prune, CancellationToken stop)
    {
        await using var services = session.Services();
        var directory = Path.GetFullPath(folder ?? session.Configuration.DefinitionsDirectory());
        var files = await new FolderDefinitions(directory).ReadFilesAsync(stop);
        var problems = Problems(files, services.GetRequiredService<SourceTypes>());
        if (problems.Count > 0 || files.Count == 0)
        {
            ProblemList.Write(session.Terminal.Line, problems);
            session.Terminal.Line(files.Count == 0 ? $"There are no definitions in {directory}." : $"{problems.Count} problem(s): nothing was published.");
            return ExitCodes.Failed;
        }

        var publisher = StoreSettings.Publisher(session.Configuration, to);
        var published = await publisher.CompareAsync(files, stop);
        if (!dryRun)
        {
            await publisher.PublishAsync(published, prune, stop);
        }

        Show(session.Terminal, published, publisher.Place, dryRun, prune);
        return ExitCodes.Succeeded;
    }

    /// <summary>What is wrong with the definitions as they are written, and as each environment has them.</summary>
    private static List<Problem> Problems(IReadOnlyList<DefinitionFile> files, SourceTypes types) =>
    [
        .. DefinitionStore.EnvironmentsOf(files).Prepend(null)
            .SelectMany(environment => DefinitionSet.Parse(DefinitionStore.Resolve(files, environment, ""), types).Problems)
            .Distinct()
            .OrderBy(problem => problem.File, StringComparer.Ordinal)
            .ThenBy(problem => problem.Line ?? 0),
    ];

    private static void Show(Terminal terminal, IReadOnlyList<PublishedFile> files, string place, bool dryRun, bool prune)
    {
        foreach (var file in files)
        {
            terminal.Line($"  {Word(file.Publication, prune),-12} {file.Name}");
        }

        var counts = files.GroupBy(file => file.Publication).OrderBy(same => same.Key).Select(same => $"{same.Count()} {Word(same.Key, prune)}");
        terminal.Line($"{(dryRun ? "Would be published to" : "Published to")} {place}: {string.Join(", ", counts)}.");
        if (!prune && files.Any(file => file.Publication == Publication.OnlyThere))
        {
            terminal.Line("What only the container has goes on running there; --prune removes it.");
        }
    }

    private static string Word(Publication publication, bool prune) => publication switch
    {
        Publication.Added => "added",
        Publication.Changed => "changed",
        Publication.OnlyThere => prune ? "removed" : "only there",
        _ => "unchanged",
    };
}
