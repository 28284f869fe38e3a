using System.IO.Compression;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>check-package.sh, over made-up packages: a sound one, and one for each thing that may be wrong with it.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly Folder folder = new();

    public static TheoryData<string> Needed => [.. SoundPackage.Files.Keys];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_sound_package_passes_as_a_folder_and_as_an_archive()
    {
        Write(SoundPackage.Files);
        await ZipFile.CreateFromDirectoryAsync(folder.At("app"), folder.At("app.zip"));
        Assert.Equal(0, (await CheckAsync()).ExitCode);
        var archive = await Script.CallAsync("check-package.sh", new Dictionary<string, string>(), "--app", folder.At("app.zip"));
        Assert.True(archive.ExitCode == 0, archive.ToString());
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public async Task Everything_that_the_host_needs_is_asked_for(string file)
    {
        Write(SoundPackage.Files.Where(each => each.Key != file));
        var result = await CheckAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"  {file} is missing: ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host.json", """{"version":"2.0"}""", "host.json: it is not the one of this app")]
    [InlineData("worker.config.json", """{"description":{"language":"node"}}""", "worker.config.json: it does not describe an isolated .NET worker")]
    [InlineData("functions.metadata", "[]", "functions.metadata: functions that every release has are not in it")]
    [InlineData("extensions.json", """{"extensions":[{"name":"Startup","typeName":"Some.Startup"}]}""", "extensions.json: Durable Task is not in it")]
    [InlineData("local.settings.json", "{}", "local.settings.json must not be deployed")]
    [InlineData("local.settings.sample.json", "{}", "local.settings.sample.json must not be deployed")]
    [InlineData(".env", "A=1", ".env must not be deployed")]
    [InlineData("signing.pfx", "x", "signing.pfx must not be deployed")]
    [InlineData("deep/down/server.key", "x", "deep/down/server.key must not be deployed")]
    [InlineData("appsettings.json", """{"Affinity":{"ApiKey":"abc"}}""", "appsettings.json seems to hold a secret")]
    [InlineData("notes.txt", "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==", "notes.txt seems to hold a secret")]
    [InlineData("notes.txt", "adk_0123456789012345678901234567890123456789012", "notes.txt seems to hold a secret")]
    [InlineData("notes.txt", "-----BEGIN PRIVATE KEY-----", "notes.txt seems to hold a secret")]
    public async Task What_is_not_as_it_should_be_or_should_not_be_there_is_named(string file, string content, string problem)
    {
        Write(SoundPackage.Files);
        folder.Write($"app/{file}", content);
        var result = await CheckAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(problem, result.Output, StringComparison.Ordinal);
        // The secret itself is not shown.
        Assert.DoesNotContain("Eby8vdM", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_named_at_once()
    {
        folder.Write("app/local.settings.json", "{}");
        var result = await CheckAsync();
        Assert.Contains("7 things are wrong", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_is_looked_at_in_the_same_way()
    {
        folder.Write("cli/affinity-durable", "x");
        var before = await Script.CallAsync("check-package.sh", new Dictionary<string, string>(), "--cli", folder.At("cli"));
        folder.Write("cli/affinity-durable.dll", "x");
        var after = await Script.CallAsync("check-package.sh", new Dictionary<string, string>(), "--cli", folder.At("cli"));
        Assert.Equal((1, 0), (before.ExitCode, after.ExitCode));
        Assert.Contains("affinity-durable.dll is missing", before.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_archive_is_not_sound()
    {
        var result = await Script.CallAsync("check-package.sh", new Dictionary<string, string>(), "--app", folder.Write("app.zip", "no zip"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is no zip archive", result.Error, StringComparison.Ordinal);
    }

    private void Write(IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (name, content) in files)
        {
            folder.Write($"app/{name}", content);
        }
    }

    private Task<ScriptResult> CheckAsync() => Script.CallAsync("check-package.sh", new Dictionary<string, string>(), "--app", folder.At("app"));
}
