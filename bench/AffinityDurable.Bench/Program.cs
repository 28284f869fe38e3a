using AffinityDurable.Bench;
using AffinityDurable.Bench.Scenarios;
using AffinityDurable.Bench.World;

IScenario[] scenarios = [new Nightly(), new Backfill(), new Plan(), new Apply(), new Engine(), new Source(), new Webhook(), new Api(), new SimulatorScenario()];

switch (args)
{
    case [SimulatorHost.Mode, .. var settings]:
        return await SimulatorHost.RunAsync(settings);
    case [SimulatorHost.BareMode]:
        return await SimulatorHost.RunBareAsync();
    case [SourceHost.Mode, .. var settings]:
        return await SourceHost.RunAsync(settings);
    case [SourceHost.BareMode, .. var settings]:
        return await SourceHost.RunBareAsync(settings);
}

var asJson = args.Contains("--json", StringComparer.Ordinal);
var names = args.Where(argument => argument != "--json").ToList();
if (names is not [var name] || scenarios.FirstOrDefault(scenario => scenario.Name == name) is not { } chosen)
{
    await Console.Error.WriteLineAsync($"Usage: AffinityDurable.Bench <{string.Join('|', scenarios.Select(scenario => scenario.Name))}> [--json]");
    return 64;
}

try
{
    var figures = await chosen.RunAsync(CancellationToken.None);
    await Console.Out.WriteLineAsync(asJson ? figures.ToJson(chosen.Name) : figures.ToTable(chosen.Name));
    return 0;
}
catch (RunFailedException failure)
{
    await Console.Error.WriteLineAsync($"{chosen.Name}: {failure.Message}");
    return 1;
}
