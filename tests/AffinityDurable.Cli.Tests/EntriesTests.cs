using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Cli.Tests;

/// <summary><c>entries</c> gives the ids that a source can name entries by.</summary>
public sealed class EntriesTests
{
    [Fact]
    public async Task Companies_come_with_ids_and_all_domains_as_csv_page_by_page()
    {
        await using var workplace = await Workplace.CreateAsync(250);
        var tenant = workplace.Simulator.Tenant;
        var listed = workplace.List.AddEntry(tenant.AddCompany("Comma, \"Quote\" & Co", "a.com", "b.com"));

        var result = await workplace.RunAsync("entries", "--list", "77", "--csv");

        var lines = result.Output.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.True(result.ExitCode == ExitCodes.Succeeded, result.ToString());
        Assert.Equal("entry_id,company_id,name,domains", lines[0]);
        Assert.Equal(252, lines.Length);
        Assert.Equal($"{workplace.Entries[0].Id},{workplace.Entries[0].Entity.Id},Company 1,company1.com", lines[1]);
        Assert.Equal($"{listed.Id},{listed.Entity.Id},\"Comma, \"\"Quote\"\" & Co\",a.com; b.com", lines[^1]);
        Assert.Equal(3, workplace.Simulator.Counters.Calls("GET /v2/lists/{listId}/list-entries"));
    }

    [Fact]
    public async Task Persons_come_with_their_addresses_into_a_file()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        var tenant = workplace.Simulator.Tenant;
        var people = tenant.AddList("People", ListType.Person, 78);
        var ada = people.AddEntry(tenant.AddPerson("Ada", "Byron", "ada@example.vc", "ada@home.org"));
        var file = Path.Combine(workplace.Root, "people.csv");

        var result = await workplace.RunAsync("entries", "--list", "78", "--out", file);

        Assert.True(result.ExitCode == ExitCodes.Succeeded, result.ToString());
        Assert.Empty(result.Output);
        Assert.Equal(
            $"entry_id,person_id,name,emails\r\n{ada.Id},{ada.Entity.Id},Ada Byron,ada@example.vc; ada@home.org\r\n",
            await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Without_csv_they_are_a_table()
    {
        await using var workplace = await Workplace.CreateAsync(2);

        var result = await workplace.RunAsync("entries", "--list", "77");

        Assert.True(result.ExitCode == ExitCodes.Succeeded, result.ToString());
        Assert.Matches($@"{workplace.Entries[1].Id} +{workplace.Entries[1].Entity.Id} +Company 2 +company2\.com", result.Output);
    }

    [Fact]
    public async Task A_list_that_is_not_there_is_an_error_and_leaves_no_file()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        var file = Path.Combine(workplace.Root, "none.csv");

        var result = await workplace.RunAsync("entries", "--list", "404", "--out", file);

        Assert.Equal(ExitCodes.Failed, result.ExitCode);
        Assert.Contains("AFF504", result.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }
}
