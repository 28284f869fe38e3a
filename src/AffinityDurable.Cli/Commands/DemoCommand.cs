using System.CommandLine;
using AffinityDurable.Cli.Demo;
using AffinityDurable.Cli.Hosting;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>demo</c>: a run against a simulated Affinity in this process; needs no account.</summary>
internal static class DemoCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var writeCsv = new Option<FileInfo?>("--write-csv") { Description = "Writes the sample file anew and does nothing else", Hidden = true };
        var command = new Command("demo", "Shows a whole run against a simulated Affinity in this process; needs no account and no key") { writeCsv };
        command.SetAction(async (result, stop) =>
        {
            if (result.GetValue(writeCsv) is { } file)
            {
                await File.WriteAllBytesAsync(file.FullName, DemoCsv.Write(DemoPortfolio.Create().Rows), stop);
                return ExitCodes.Succeeded;
            }

            var state = globals.GivenState(result);
            if (state is not null)
            {
                Session.EnsureStateDirectory(state);
            }

            return await new DemoRun(globals.Terminal(result), globals.Level(result), state).ExecuteAsync(stop);
        });
        return command;
    }
}
