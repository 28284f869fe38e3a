using System.CommandLine;
using System.Runtime.CompilerServices;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>entries</c>: the ids of a list's entries, for whoever wants to keep them.</summary>
internal static class EntriesCommand
{
    private const int ProgressEvery = 1_000;

    public static Command Create(GlobalOptions globals)
    {
        var list = FieldsCommand.ListOption();
        var csv = new Option<bool>("--csv") { Description = "As CSV, written while the list is read" };
        var output = new Option<string?>("--out") { Description = "Write the CSV to this file instead of standard output", HelpName = "file" };
        var command = new Command("entries", "Shows the entries of a list: ids, names, domains or e-mail addresses") { list, csv, output };
        command.SetAction((result, stop) =>
        {
            var (session, file) = (globals.Session(result), result.GetValue(output));
            return result.GetValue(csv) || file is not null
                ? WriteAsync(session, result.GetValue(list), file, stop)
                : ShowAsync(session, result.GetValue(list), stop);
        });
        return command;
    }

    private static async Task<int> ShowAsync(Session session, long listId, CancellationToken stop)
    {
        await using var services = session.Services();
        var client = services.ReadOnlyClient();
        var list = (await client.ListAsync(listId, stop)).Require();
        var rows = await EntriesAsync(session, client, listId, stop).Select(entry => EntriesCsv.Cells(list, entry)).ToListAsync(stop);
        Tables.Write(session.Terminal, [.. EntriesCsv.Columns(list).Select(column => column.EndsWith("_id", StringComparison.Ordinal) ? $"#{column}" : column)], rows);
        return ExitCodes.Succeeded;
    }

    private static async Task<int> WriteAsync(Session session, long listId, string? file, CancellationToken stop)
    {
        await using var services = session.Services();
        var client = services.ReadOnlyClient();
        var list = (await client.ListAsync(listId, stop)).Require();
        await using var stream = file is null ? Console.OpenStandardOutput() : File.Create(file);
        await EntriesCsv.WriteAsync(stream, list, EntriesAsync(session, client, listId, stop), stop);
        return ExitCodes.Succeeded;
    }

    private static async IAsyncEnumerable<ListEntry> EntriesAsync(
        Session session, AffinityClient client, long listId, [EnumeratorCancellation] CancellationToken stop)
    {
        var read = 0;
        var pages = new EntryPages(client, TimeProvider.System);
        await foreach (var page in pages.ReadAsync(listId, wait => session.Terminal.ErrorLine($"Waiting for calls until {wait.Until:HH:mm:ss}Z."), stop))
        {
            foreach (var entry in page)
            {
                yield return entry;
                if (++read % ProgressEvery == 0)
                {
                    session.Terminal.ErrorLine($"{Tables.Number(read)} entries");
                }
            }
        }
    }
}
