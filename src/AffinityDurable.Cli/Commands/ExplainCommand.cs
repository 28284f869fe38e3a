using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>explain</c>: why a field of an entry is what it is.</summary>
internal static class ExplainCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var sync = new Argument<string>("sync") { Description = "Name of the sync" };
        var entry = new Option<long?>("--entry") { Description = "The list entry", HelpName = "id" };
        var company = new Option<long?>("--company") { Description = "The company, person or opportunity of the entry", HelpName = "id" };
        var domain = new Option<string?>("--domain") { Description = "A domain of the company", HelpName = "domain", CustomParser = Domain };
        var field = new Option<string>("--field") { Description = "The field, by name or id", HelpName = "field", Required = true };
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var command = new Command("explain", "Says why a field of an entry is what it is, from the stored runs; without a call") { sync, entry, company, domain, field, json };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetResult(entry), result.GetResult(company), result.GetResult(domain) }.Count(given => given is not null) != 1)
            {
                result.AddError("Give one of --entry, --company and --domain.");
            }
        });
        command.SetAction((result, stop) =>
        {
            var question = new Question
            {
                Sync = result.GetRequiredValue(sync),
                EntryId = result.GetValue(entry),
                EntityId = result.GetValue(company),
                Domain = result.GetValue(domain),
                Field = result.GetRequiredValue(field),
            };
            return ExplainAsync(globals.Session(result), question, result.GetValue(json), stop);
        });
        return command;
    }

    private static async Task<int> ExplainAsync(Session session, Question question, bool asJson, CancellationToken stop)
    {
        await using var services = session.Services();
        var explanation = await services.GetRequiredService<Explainer>().ExplainAsync(question, stop);
        if (asJson)
        {
            session.Terminal.Line(JsonSerializer.Serialize(explanation, Readable));
        }
        else
        {
            new ExplanationView(session.Terminal).Write(explanation);
        }

        return ExitCodes.Succeeded;
    }

    private static JsonSerializerOptions Readable { get; } = new(RunJson.Options) { WriteIndented = true };

    private static string? Domain(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (DomainKey.Normalize(text) is null)
        {
            result.AddError($"'{text}' is not a domain.");
        }

        return text;
    }
}
