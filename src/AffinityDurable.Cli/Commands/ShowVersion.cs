using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Cli.Commands;

/// <summary>Prints the version and which Azure packages the program was built with.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public static string Text
    {
        get
        {
            var assembly = typeof(ShowVersion).Assembly;
            var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString();
            return $"affinity-durable {version} ({Packages()})";
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.WriteLine(Text);
        return ExitCodes.Succeeded;
    }

    private static string Packages() =>
        typeof(SyncOrchestrator).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(one => one.Key == "AzurePackages")?.Value == "true"
            ? "built with the official Azure Functions packages"
            : "built without the official Azure Functions packages, which the package feed does not carry";
}
