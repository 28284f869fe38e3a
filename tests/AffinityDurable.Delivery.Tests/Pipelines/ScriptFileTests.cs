using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>Every script that a step calls is there, says what it does, and is sound.</summary>
public sealed class ScriptFileTests
{
    private static readonly Pipeline Main = Pipeline.OfMain(("planVault", "kv-afdur-prod-abc123"));

    public static TheoryData<string> Scripts => [.. ScriptFile.All.Select(script => script.Path)];

    private static IEnumerable<ScriptCall> Calls =>
        Main.Stages.SelectMany(stage => stage.Jobs).SelectMany(job => job.Steps.Select(step => ScriptCall.Of(job, step)).OfType<ScriptCall>());

    [Fact]
    public void Steps_call_scripts_that_are_there_with_options_that_they_have()
    {
        var scripts = ScriptFile.All.ToDictionary(script => script.Path, StringComparer.Ordinal);
        Assert.NotEmpty(Calls);
        Assert.All(Calls, call => Assert.Contains(call.Script, scripts.Keys));
        Assert.Empty(Calls.SelectMany(call => scripts[call.Script].Problems(call.Arguments).Select(problem => $"{call.Job}: {problem}")));
    }

    [Fact]
    public void Every_script_is_called_by_a_step_or_by_another_script()
    {
        var called = Calls.Select(call => call.Script).ToHashSet(StringComparer.Ordinal);
        Assert.All(ScriptFile.All, script => Assert.True(
            called.Contains(script.Path) || ScriptFile.All.Any(other => other.Text.Contains($"$scripts/{script.Name}", StringComparison.Ordinal)), script.Path));
    }

    [Theory]
    [InlineData("infra.sh", "delete --environment dev", "the first argument is one of")]
    [InlineData("infra.sh", "deploy --location westeurope", "'--environment' is missing")]
    [InlineData("drain.sh", "--outputs a.json --windows 15", "'--windows' is not known")]
    [InlineData("drain.sh", "--outputs --window 15", "'--outputs' takes a value")]
    [InlineData("package.sh", "--version 1", "'--output' is missing")]
    public void A_call_that_a_script_would_refuse_is_found(string script, string arguments, string problem) =>
        Assert.Contains(new ScriptFile("eng/pipelines/scripts/" + script).Problems(arguments.Split(' ')), found => found.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Scripts_are_programs_that_say_what_they_do_and_refuse_what_they_do_not_know(string path)
    {
        var script = new ScriptFile(path);
        Assert.True(!OperatingSystem.IsWindows() && File.GetUnixFileMode(Repository.Absolute(path)).HasFlag(UnixFileMode.UserExecute), "It is not executable.");
        Assert.StartsWith("#!/usr/bin/env bash\n", script.Text, StringComparison.Ordinal);
        Assert.Contains("\nset -euo pipefail\n", script.Text, StringComparison.Ordinal);
        Assert.Contains(script.Header, line => line.StartsWith($"usage: {script.Name}", StringComparison.Ordinal));
        var header = string.Join('\n', script.Header);
        Assert.All([.. script.Options, .. script.Flags], option => Assert.Contains($"--{option}", header, StringComparison.Ordinal));

        Assert.Equal(0, (await Script.RunAsync("bash", ["-n", Repository.Absolute(path)])).ExitCode);
        var help = await Script.RunAsync(path, "--help");
        Assert.Equal((0, header), (help.ExitCode, help.Output.Trim()), StringPairs);
        string[] verb = script.Verbs.Count > 0 ? [script.Verbs[0]] : [];
        var refusal = await Script.RunAsync(path, [.. verb, "--no-such-option"]);
        Assert.Equal(64, refusal.ExitCode);
        Assert.Contains("'--no-such-option' is not known here.", refusal.Error, StringComparison.Ordinal);
    }

    [ServiceFact(Service.ShellCheck)]
    public async Task Shellcheck_finds_nothing()
    {
        var result = await Script.RunAsync(Service.Of(Service.ShellCheck).Require(), [.. Repository.Paths("eng/pipelines/scripts", "*.sh")]);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    private static bool StringPairs((int Code, string Text) one, (int Code, string Text) other) =>
        one.Code == other.Code && one.Text.ReplaceLineEndings().Split('\n').Select(line => line.Trim()).SequenceEqual(other.Text.ReplaceLineEndings().Split('\n').Select(line => line.Trim()));
}
