using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AffinityDurable.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("affinity-durable-cli-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("bogus")]
    [InlineData("run")]
    [InlineData("run metrics --entries 12,x")]
    [InlineData("run metrics --entries 12 --domains acme.com")]
    [InlineData("run metrics --entries ,")]
    [InlineData("run metrics --api-key secret")]
    [InlineData("lists --api ftp://example.com")]
    [InlineData("lists --api http://api.affinity.co")]
    [InlineData("fields --list https://example.com/lists/77")]
    [InlineData("validate metrics --all")]
    [InlineData("runs --print report.json")]
    [InlineData("simulator --port 80000")]
    [InlineData("simulator --port -1")]
    [InlineData("simulator --companies -1")]
    [InlineData("simulator --calls-per-minute -1")]
    [InlineData("simulator --window-seconds 0")]
    [InlineData("simulator --concurrency 0")]
    [InlineData("simulator --fault {")]
    [InlineData("simulator --fault {\"stutters\":true}")]
    [InlineData("simulator --fault {\"status\":200}")]
    [InlineData("simulator --fault {\"status\":503} --fault {\"status\":200}")]
    [InlineData("simulator --companies 1 --fault {\"status\":503,\"endpoint\":\"GET\"}")]
    public async Task Wrong_usage_is_64_and_says_why(string arguments)
    {
        var result = await InvokeAsync(arguments.Split(' '));

        Assert.True(result.ExitCode == ExitCodes.Usage, result.ToString());
        Assert.NotEmpty(result.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
    }

    [Fact]
    public async Task The_version_tells_which_packages_it_was_built_with()
    {
        var result = await InvokeAsync("--version");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^affinity-durable \d+\.\d+\.\d+.* \(built with(out)? the official Azure Functions packages", result.Output);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked()
    {
        var result = await InvokeAsync("lists");

        Assert.Equal(ExitCodes.Failed, result.ExitCode);
        Assert.Contains("AFF501", result.Error, StringComparison.Ordinal);
        Assert.Contains("Affinity__ApiKey", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_an_error_with_code_and_cure()
    {
        var result = await InvokeAsync("runs", "metrics@20261123T0200Z");

        Assert.Equal(ExitCodes.Failed, result.ExitCode);
        Assert.Contains("AFF721", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulator --seed-file missing.json", "AFF735")]
    [InlineData("simulator --seed-file file", "AFF735")]
    [InlineData("simulator --snapshot .", "AFF736")]
    [InlineData("simulator --snapshot nowhere/account.json", "AFF736")]
    [InlineData("demo --state file", "AFF733")]
    [InlineData("runs --state file", "AFF733")]
    [InlineData("serve --state file --listen http://127.0.0.1:0", "AFF733")]
    [InlineData("serve --state file/below --listen http://127.0.0.1:0", "AFF733")]
    public async Task What_cannot_be_used_is_named_with_code_and_cure(string arguments, string code)
    {
        File.WriteAllText(Path.Combine(directory, "file"), "no JSON");

        var result = await InvokeAsync(arguments.Split(' '));

        AssertSaid(result, code);
    }

    [Theory]
    [InlineData("simulator --companies 1 --port")]
    [InlineData("serve --listen http://127.0.0.1:")]
    public async Task A_port_in_use_is_named_with_code_and_cure(string arguments)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var result = await InvokeAsync((arguments.EndsWith(':') ? $"{arguments}{port}" : $"{arguments} {port}").Split(' '));

        AssertSaid(result, "AFF734");
    }

    private static void AssertSaid(CliResult result, string code)
    {
        Assert.True(result.ExitCode == ExitCodes.Failed, result.ToString());
        Assert.StartsWith($"{code} ", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> InvokeAsync(params string[] arguments) =>
        CliProcess.RunAsync(directory, new Dictionary<string, string> { ["Affinity__ApiKey"] = arguments.Contains("--api") ? "key" : "" }, arguments);
}
