using System.CommandLine;
using System.Globalization;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Affinity;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>lists</c>: what the key's user may see.</summary>
internal static class ListsCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var command = new Command("lists", "Shows the lists that the key's user may see");
        command.SetAction((result, stop) => ShowAsync(globals.Session(result), stop));
        return command;
    }

    private static async Task<int> ShowAsync(Session session, CancellationToken stop)
    {
        await using var services = session.Services();
        var lists = (await services.ReadOnlyClient().ListsAsync(stop)).Require();
        Tables.Write(
            session.Terminal,
            ["#id", "name", "type", "public"],
            lists.Select(list => (IReadOnlyList<string?>)[list.Id.ToString(CultureInfo.InvariantCulture), list.Name, list.Type, list.IsPublic ? "yes" : "no"]));
        return ExitCodes.Succeeded;
    }

    /// <summary>The client of which no write leaves.</summary>
    public static AffinityClient ReadOnlyClient(this IServiceProvider services) =>
        services.GetRequiredKeyedService<AffinityClient>(AffinityClient.ReadOnlyKey);
}
