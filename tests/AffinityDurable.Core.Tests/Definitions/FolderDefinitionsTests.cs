using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Tests.Runs;

namespace AffinityDurable.Core.Tests.Definitions;

public sealed class FolderDefinitionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderDefinitions store;

    public FolderDefinitionsTests() => store = new FolderDefinitions(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_sync_is_found_by_its_name_not_by_that_of_its_file()
    {
        Write("a.yaml", "portfolio");

        var definition = await store.ReadAsync("portfolio", default);

        Assert.Equal(("portfolio", "a.yaml", folder.Path), (definition.Sync, definition.FileName, definition.BaseDirectory));
        Assert.True(DefinitionParser.Parse(definition.Text, definition.FileName, Types.All).Succeeded);
    }

    [Fact]
    public async Task Both_extensions_are_read_and_nothing_else()
    {
        Write("b.yml", "beta");
        Write("a.yaml", "alpha");
        Write("c.txt", "gamma");
        Write(".hidden.yaml", "delta");
        Directory.CreateDirectory(folder["sub.yaml"]);

        Assert.Equal(["alpha", "beta"], await store.ListAsync(default));
    }

    [Fact]
    public async Task The_etag_follows_the_text()
    {
        Write("a.yaml", "portfolio");
        var first = await store.ReadAsync("portfolio", default);
        var again = await store.ReadAsync("portfolio", default);
        Write("a.yaml", "portfolio", field: "Burn");
        var changed = await store.ReadAsync("portfolio", default);

        Assert.Equal(first.ETag, again.ETag);
        Assert.NotEqual(first.ETag, changed.ETag);
    }

    [Fact]
    public async Task An_unknown_sync_is_an_error_that_knows_better()
    {
        Write("a.yaml", "portfolio");

        var problem = Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => store.ReadAsync("portfolo", default))).Problems);

        Assert.Equal(DefinitionErrors.UnknownSync.Id, problem.Code);
        Assert.Contains("Did you mean 'portfolio'?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_is_an_empty_one()
    {
        var nowhere = new FolderDefinitions(folder["nowhere"]);

        Assert.Empty(await nowhere.ListAsync(default));
        await Assert.ThrowsAsync<ProblemException>(() => nowhere.ReadAsync("portfolio", default));
    }

    [Fact]
    public async Task Two_files_with_one_sync_are_an_error_that_names_both()
    {
        Write("a.yaml", "portfolio");
        Write("b.yaml", "portfolio");

        var problem = Assert.Single((await Assert.ThrowsAsync<ProblemException>(() => store.ReadAsync("portfolio", default))).Problems);

        Assert.Equal((DefinitionErrors.DuplicateSync.Id, "b.yaml"), (problem.Code, problem.File));
        Assert.Contains("a.yaml", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["portfolio"], await store.ListAsync(default));
    }

    [Fact]
    public async Task A_broken_file_goes_by_its_own_name_and_leaves_the_others_usable()
    {
        Write("a.yaml", "portfolio");
        await File.WriteAllTextAsync(folder["broken.yaml"], "sync: [\n");

        Assert.Equal(["broken", "portfolio"], await store.ListAsync(default));
        Assert.Equal("a.yaml", (await store.ReadAsync("portfolio", default)).FileName);
        Assert.Equal("broken.yaml", (await store.ReadAsync("broken", default)).FileName);
    }

    [Fact]
    public async Task A_huge_file_is_not_read_whole()
    {
        await using (var file = File.Create(folder["huge.yaml"]))
        {
            file.SetLength(50_000_000);
        }

        var definition = await store.ReadAsync("huge", default);

        Assert.InRange(definition.Text.Length, 1024 * 1024, (1024 * 1024) + 1);
        Assert.Equal("AFF103", Assert.Single(DefinitionParser.Parse(definition.Text, "huge.yaml", Types.All).Problems).Code);
    }

    [Fact]
    public async Task A_good_folder_has_no_problems()
    {
        Write("a.yaml", "alpha");
        Write("b.yaml", "beta", field: "Burn");
        Write("c.yaml", "gamma", list: 78);

        var set = await DefinitionSet.ReadAsync(store, Types.All, default);

        Assert.Empty(set.Problems);
        Assert.Equal(["alpha", "beta", "gamma"], set.Definitions.Select(definition => definition.Sync));
    }

    [Fact]
    public async Task A_folder_is_checked_as_a_whole_and_everything_reported_at_once()
    {
        Write("a.yaml", "alpha");
        Write("b.yaml", "beta");
        Write("c.yaml", "alpha", field: "Burn");
        Write("d.yaml", "Delta", field: "Burn rate");

        var set = await DefinitionSet.ReadAsync(store, Types.All, default);

        Assert.Equal([("AFF122", "b.yaml", 9), ("AFF121", "c.yaml", null), ("AFF110", "d.yaml", 1)], set.Problems.Select(problem => (problem.Code, problem.File!, problem.Line)));
        Assert.Contains("'alpha' (a.yaml, line 9) and 'beta' both write 'ARR' of list 77", set.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(3, set.Definitions.Count);
    }

    private void Write(string file, string sync, int list = 77, string field = "ARR") => File.WriteAllText(folder[file], $"""
        sync: {sync}
        list: {list}
        source:
          type: csv
          path: portfolio.csv
        match:
          - entryId: entry_id
        fields:
          {field}: value

        """);
}
