using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Csv;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Files.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Sources.Tests;

public sealed class SourceFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("./deeper/../rows.csv")]
    [InlineData("deeper/inner.csv")]
    [InlineData("inner-link.csv")]
    [InlineData("it's a*[file]?.csv")]
    public async Task Files_below_the_folder_of_the_definition_are_read(string path)
    {
        Arrange();
        Assert.Equal(["1"], (await CsvRead.OfFileAsync(path, Base)).Joined());
    }

    [Theory]
    [InlineData("../outside.csv")]
    [InlineData("deeper/../../outside.csv")]
    [InlineData("outside-link.csv")]
    [InlineData("outside-folder/outside.csv")]
    [InlineData("../base-sibling/outside.csv")]
    [InlineData("../nosuch.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("loop-a")]
    public async Task Files_outside_are_refused_whatever_leads_to_them(string path)
    {
        Arrange();
        var problem = await CsvRead.FailsAsync(() => CsvRead.OfFileAsync(path, Base));

        Assert.Contains(problem.Code, (string[])[SourceErrors.PathNotAllowed.Id, SourceErrors.FileUnreadable.Id]);
    }

    [Fact]
    public async Task Allowed_roots_take_the_place_of_the_folder_of_the_definition()
    {
        Arrange();
        var options = new SourceOptions { AllowedRoots = { Path.Combine(_folder.Path, "base-sibling") } };

        Assert.Equal(["1"], (await CsvRead.OfFileAsync("../base-sibling/outside.csv", Base, options: options)).Joined());
        Assert.Equal(SourceErrors.PathNotAllowed.Id, (await CsvRead.FailsAsync(() => CsvRead.OfFileAsync("rows.csv", Base, options: options))).Code);
    }

    [Theory]
    [InlineData("nosuch.csv", "AFF203")]
    [InlineData("deeper", "AFF203")]
    [InlineData("rows.csv/x", "AFF203")]
    [InlineData("", "AFF202")]
    [InlineData("nul\0.csv", "AFF205")]
    public async Task A_file_that_is_not_there_is_refused(string path, string code)
    {
        Arrange();
        Assert.Equal(code, (await CsvRead.FailsAsync(() => CsvRead.OfFileAsync(path, Base))).Code);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_fails_the_read()
    {
        var path = _folder.Write("rows.csv", string.Concat(Enumerable.Repeat("a\n", 10_000)));
        var adapter = new CsvSourceAdapter(new FileIntake(new FileStores(Options.Create(new SourceOptions()), new SourceConnections())));
        await using var reader = (FileReader)await adapter.OpenAsync(
            new FileSettings("rows.csv"), _folder.Path, CancellationToken.None);
        await File.AppendAllTextAsync(path, "b\n");

        var problem = await CsvRead.FailsAsync(() => CsvRead.OfAsync(reader));

        Assert.Equal(SourceErrors.ChangedWhileRead.Id, problem.Code);
    }

    [Fact]
    public async Task Counts_that_differ_fail_the_read()
    {
        var options = new SourceOptions();
        var path = _folder.Write("rows.csv", "a\n1\n2\n3\n");
        var file = SourceFile.Find("rows.csv", _folder.Path, options);
        var resources = new ResourceStack();
        var folder = resources.Add(new WorkFolder(options));
        var scan = resources.Add(CsvScan.Run(file, null, folder, CancellationToken.None));
        await File.WriteAllTextAsync(path, "a\n1\n2 3\n");
        File.SetLastWriteTimeUtc(path, file.WrittenUtc);
        await using var reader = new FileReader([scan], resources.Add(new DuckDbSandbox(options, folder, scan.RowsPath)), null, resources);

        var problem = await CsvRead.FailsAsync(() => CsvRead.OfAsync(reader));

        Assert.Equal(SourceErrors.RowsMiscounted.Id, problem.Code);
    }

    [Theory]
    [InlineData("a\n1\nbad,line\n\"two\nlines\"\n")]
    [InlineData("a\n1\n")]
    public async Task Nothing_is_left_on_disk_after_a_read(string content)
    {
        _folder.Write("base/rows.csv", content);
        var temp = Directory.CreateDirectory(Path.Combine(_folder.Path, "temp")).FullName;

        await CsvRead.OfFileAsync("rows.csv", Base, options: new SourceOptions { TempDirectory = temp });
        await Assert.ThrowsAsync<ProblemException>(
            () => CsvRead.OfFileAsync("rows.csv", Base, "SELECT nosuch FROM source", options: new SourceOptions { TempDirectory = temp }));

        Assert.Empty(Directory.EnumerateFileSystemEntries(temp));
    }

    [Fact]
    public async Task What_a_killed_read_left_behind_is_swept_after_a_day()
    {
        _folder.Write("base/rows.csv", "a\n1\n");
        var temp = Directory.CreateDirectory(Path.Combine(_folder.Path, "temp")).FullName;
        var abandoned = Directory.CreateDirectory(Path.Combine(temp, "affinity-durable-source-old")).FullName;
        var underWay = Directory.CreateDirectory(Path.Combine(temp, "affinity-durable-source-new")).FullName;
        var foreign = Directory.CreateDirectory(Path.Combine(temp, "something-else")).FullName;
        Directory.SetLastWriteTimeUtc(abandoned, DateTime.UtcNow.AddHours(-25));
        Directory.SetLastWriteTimeUtc(foreign, DateTime.UtcNow.AddDays(-90));

        await CsvRead.OfFileAsync("rows.csv", Base, options: new SourceOptions { TempDirectory = temp });

        Assert.Equal([underWay, foreign], Directory.EnumerateDirectories(temp).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Adapters_are_found_by_type_and_an_unknown_type_lists_the_known_ones()
    {
        using var services = new ServiceCollection().AddSources(options => options.Threads = 1).BuildServiceProvider();
        var adapters = services.GetRequiredService<SourceAdapters>();

        Assert.Equal("csv", adapters.Get("CSV").Name);
        var exception = Assert.Throws<ProblemException>(() => adapters.Get("exel"));
        Assert.Equal(SourceErrors.UnknownType.Id, Assert.Single(exception.Problems).Code);
        Assert.Contains("Known types: csv, http, jsonl, parquet, postgres, push, snowflake, sqlserver.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(adapters.Types.Count, services.GetServices<ISourceAdapter>().Count());
    }

    private string Base => Path.Combine(_folder.Path, "base");

    private void Arrange()
    {
        foreach (var name in (string[])["base/rows.csv", "base/deeper/inner.csv", "base/it's a*[file]?.csv", "outside.csv", "base-sibling/outside.csv"])
        {
            _folder.Write(name, "a\n1\n");
        }

        File.CreateSymbolicLink(Path.Combine(Base, "inner-link.csv"), "deeper/inner.csv");
        File.CreateSymbolicLink(Path.Combine(Base, "outside-link.csv"), "../outside.csv");
        Directory.CreateSymbolicLink(Path.Combine(Base, "outside-folder"), "..");
        File.CreateSymbolicLink(Path.Combine(Base, "loop-a"), "loop-b");
        File.CreateSymbolicLink(Path.Combine(Base, "loop-b"), "loop-a");
    }
}
