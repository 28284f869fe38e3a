using System.CommandLine;
using System.CommandLine.Parsing;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>fields</c>: what a definition can map.</summary>
internal static class FieldsCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var list = ListOption();
        var command = new Command("fields", "Shows the fields of a list and whether they can be written") { list };
        command.SetAction((result, stop) => ShowAsync(globals.Session(result), result.GetValue(list), stop));
        return command;
    }

    public static Option<long> ListOption() =>
        new("--list") { Description = "Id of the list, or its address as the browser shows it", HelpName = "id|url", Required = true, CustomParser = ListId };

    private static async Task<int> ShowAsync(Session session, long listId, CancellationToken stop)
    {
        await using var services = session.Services();
        var client = services.ReadOnlyClient();
        var rows = new List<IReadOnlyList<string?>>();
        foreach (var field in (await client.FieldsAsync(listId, stop)).Require())
        {
            rows.Add([field.Id, field.Name, field.Type, field.ValueType, await OptionsAsync(client, listId, field, stop), Writable(field)]);
        }

        Tables.Write(session.Terminal, ["id", "name", "type", "value type", "#options", "writable"], rows);
        return ExitCodes.Succeeded;
    }

    private static async Task<string?> OptionsAsync(AffinityClient client, long listId, AffinityField field, CancellationToken stop) =>
        AffinityValueTypes.Find(field.ValueType) is { UsesOptions: true }
            ? Tables.Number((await client.DropdownOptionsAsync(listId, field.Id, stop)).Require().Count)
            : null;

    private static string Writable(AffinityField field) =>
        FieldWriteRules.Refusal(field, overrideEnriched: false) is { } refusal ? $"no: {refusal.Code} {refusal.Message} {refusal.Cure}" : "yes";

    private static long ListId(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (!ListAddress.TryParse(text, out var listId, out var problem))
        {
            result.AddError($"'{text}' is not a list: {problem}.");
        }

        return listId;
    }
}
