using System.CommandLine;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>validate</c>: everything that is wrong with the definitions, at once.</summary>
internal static class ValidateCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var sync = new Argument<string?>("sync") { Description = "Name of one sync (optional); all without", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All syncs of the folder" };
        var offline = new Option<bool>("--offline") { Description = "Without asking Affinity: needs no key" };
        var command = new Command("validate", "Checks the definitions of all syncs, or that of one, and the columns of their sources, by default also against the live lists") { sync, all, offline };
        command.Validators.Add(result =>
        {
            if (result.GetValue(sync) is not null && result.GetValue(all))
            {
                result.AddError("Give the name of a sync or --all, not both.");
            }
        });
        command.SetAction((result, stop) => ValidateAsync(globals.Session(result), result.GetValue(sync), result.GetValue(offline), stop));
        return command;
    }

    private static async Task<int> ValidateAsync(Session session, string? sync, bool offline, CancellationToken stop)
    {
        await using var services = session.Services();
        var texts = await services.GetRequiredService<IDefinitionStore>().ReadAllAsync(stop);
        if (texts.Count == 0)
        {
            session.Terminal.ErrorLine($"There are no definitions in {session.DefinitionPlace}.");
            return ExitCodes.Failed;
        }

        var only = sync is null ? null : DefinitionSet.Pick(sync, texts, session.DefinitionPlace);
        var sources = new SourceCheck(services.GetRequiredService<SourceAdapters>(), session.Terminal);
        var check = new DefinitionCheck(services.GetRequiredService<LiveResolution>(), services.GetRequiredService<SourceTypes>(), sources, session.Terminal);
        var problems = await check.RunAsync(texts, only, offline, stop);
        ProblemList.Write(session.Terminal.Line, problems);

        var checkedCount = only is null ? texts.Count : 1;
        var against = offline ? "offline" : "against the live lists";
        session.Terminal.Line(problems.Count == 0
            ? $"Checked {checkedCount} definition(s) {against}: nothing is wrong."
            : $"Checked {checkedCount} definition(s) {against}: {problems.Count} problem(s).");
        return problems.Count == 0 ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
