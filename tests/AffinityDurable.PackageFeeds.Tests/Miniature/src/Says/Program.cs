using System.Reflection;

// The answer as it was compiled in, and the assembly that the orchestrator's types really came from.
Type orchestrator = typeof(AffinityDurable.Functions.Orchestrator);
string answer = orchestrator.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(datum => datum.Key == "AzurePackages").Value!;
string types = orchestrator.GetMethod("Run")!.GetParameters()[0].ParameterType.Assembly.GetName().Name!;
Console.WriteLine($"AzurePackages={answer} from {types}");
