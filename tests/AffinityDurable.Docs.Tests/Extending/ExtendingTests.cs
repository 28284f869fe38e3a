using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;
using AffinityDurable.Docs.Tests.Documentation;
using AffinityDurable.Sources;
using AffinityDurable.Sources.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Docs.Tests.Extending;

/// <summary>The example of docs/extending.md is this project's code, and it works.</summary>
public sealed class ExtendingTests : IDisposable
{
    private const string Definition = """
        sync: fund-models
        list: 77
        source:
          type: sqlite
          path: models.db
          query: select website, arr from models order by website
        match:
          - domain: website
        fields:
          ARR: arr

        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("extending-");

    [Fact]
    public void The_page_shows_the_code_and_the_definition()
    {
        var page = Repository.Pages.Single(page => page.Path == "docs/extending.md").Text;
        var code = Repository.Files("tests", "SqliteSourceAdapter.cs").Single().Text;

        Assert.Contains(code.ReplaceLineEndings("\n").Trim(), Markdown.Blocks(page, "csharp").Select(block => block.Trim()));
        Assert.Contains(Definition.ReplaceLineEndings("\n").Trim(), Markdown.Blocks(page, "yaml").Select(block => block.Trim()));
    }

    [Fact]
    public async Task The_example_reads_rows()
    {
        CreateModels();
        await using var services = Services();
        var definition = DefinitionParser.Parse(Definition, "fund-models.yaml", services.GetRequiredService<SourceTypes>()).Require();
        var request = new SourceRequest { Source = definition.Sources[0], BaseDirectory = folder.FullName };

        await using var reader = await services.GetRequiredService<SourceAdapters>().Get("sqlite").OpenAsync(request, CancellationToken.None);
        var rows = await reader.ReadRowsAsync(CancellationToken.None).Select(row => $"{row.Text(0)} {row.Text(1)}").ToListAsync();

        Assert.Equal(["website", "arr"], reader.Columns);
        Assert.Equal(["acornai.com 409099.5", "deltacloud.io "], rows);
    }

    [Fact]
    public async Task What_is_wrong_with_its_keys_is_told_with_everything_else()
    {
        await using var services = Services();
        var bad = Definition.Replace("path: models.db", "pth: models.db", StringComparison.Ordinal).Replace("list: 77", "list: 0", StringComparison.Ordinal);

        var problems = DefinitionParser.Parse(bad, "fund-models.yaml", services.GetRequiredService<SourceTypes>()).Problems;

        Assert.Equal([("AFF111", 2), ("AFF105", 4), ("AFF104", 5)], problems.Select(problem => (problem.Code, problem.Line!.Value)));
        Assert.Contains("Did you mean 'path'?", problems[2].Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static ServiceProvider Services() => new ServiceCollection()
        .AddSources()
        .AddSingleton<ISourceAdapter, SqliteSourceAdapter>()
        .BuildServiceProvider();

    private void CreateModels()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "models.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "create table models (website text, arr real); insert into models values ('deltacloud.io', null), ('acornai.com', 409099.5)";
        command.ExecuteNonQuery();
    }
}
