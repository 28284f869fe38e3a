using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Functions.Tests.World;

namespace AffinityDurable.Functions.Tests.Explaining;

/// <summary>Situations planted in one run: each is explained by the rule that decided, from what is stored.</summary>
public sealed class ExplainedRunTests(PlantedRun planted) : IClassFixture<PlantedRun>
{
    [Theory]
    [InlineData(1, "ARR", DecidingRule.FillsBlank, "Affinity showed nothing and the source says '10': blanks are filled.")]
    [InlineData(2, "ARR", DecidingRule.SourceWins, "Affinity showed '5' and the source says '6': the source wins.")]
    [InlineData(3, "Notes", DecidingRule.OnNullClear, "The cell is empty and Affinity showed 'old': the mapping says onNull: clear.")]
    [InlineData(4, "ARR", DecidingRule.OnNullKeep, "The cell is empty, and the mapping says onNull: keep. Affinity showed '4'.")]
    [InlineData(5, "ARR", DecidingRule.Unchanged, "Affinity showed '5' already, which is what the source says.")]
    [InlineData(6, "Stage", DecidingRule.ValueRejected, "The value cannot be written: AFF402 'Series Q' is not an option of field \"Stage\".")]
    [InlineData(7, "ARR", DecidingRule.AmbiguousRow, "The row on line 8 speaks about several entries")]
    [InlineData(8, "ARR", DecidingRule.DuplicateRows, "AFF304 Lines 9 and 10 both speak about entry")]
    [InlineData(9, "ARR", DecidingRule.NoRow, "Rows are matched by domain in website. Its domains are company-9.com.")]
    [InlineData(1, "Owner", DecidingRule.NotMapped, "The sync writes no field 'Owner'. Its fields are ARR (")]
    public async Task The_deciding_rule_is_told(int company, string field, DecidingRule rule, string sentence)
    {
        var explanation = await planted.AskAsync(company, field);

        Assert.Equal((rule, planted.Report.RunId), (explanation.Rule, explanation.Run?.RunId));
        Assert.Contains(sentence, explanation.Decision, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, ChangeFate.Written, "Written: PATCH /v2/lists/77/list-entries/")]
    [InlineData(10, ChangeFate.Drifted, "Somebody had changed it")]
    [InlineData(11, ChangeFate.Refused, "Affinity refused it at 2026-03-02")]
    [InlineData(12, ChangeFate.Written, "Affinity showed the new value already when attempt 1 at the batch read the entry")]
    public async Task What_became_of_the_change_is_told(int company, ChangeFate fate, string sentence)
    {
        var explanation = await planted.AskAsync(company, "ARR");

        Assert.Equal((DecidingRule.FillsBlank, fate), (explanation.Rule, explanation.Fate));
        Assert.Contains(sentence, explanation.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_call_that_wrote_a_value_is_told_with_time_batch_and_attempt()
    {
        var explanation = await planted.AskAsync(2, "ARR");

        var entry = planted.App.World.Entries[1].Id;
        Assert.Equal(("PATCH", $"/v2/lists/77/list-entries/{entry}/fields", 1, 1), (explanation.Call!.Method, explanation.Call.Path, explanation.Call.Batch, explanation.Call.Attempt));
        Assert.InRange(explanation.Call.At, planted.Report.StartedAt, planted.Report.EndedAt);
        Assert.Equal(("5", "6"), (explanation.Before, explanation.After));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task No_call_is_told_where_none_wrote_the_value(int company) =>
        Assert.Null((await planted.AskAsync(company, "ARR")).Call);

    [Fact]
    public async Task The_row_is_told_with_file_line_cell_and_match()
    {
        var explanation = await planted.AskAsync(5, "ARR");

        Assert.Equal(new ExplainedRow("portfolio.csv", 6, "arr", "5.0", "domain in website"), explanation.Row);
        Assert.Equal("5", explanation.Live);
    }

    [Fact]
    public async Task An_entry_is_found_by_company_and_by_domain_and_a_field_by_its_id()
    {
        var company = planted.App.World.Entries[4].Entity.Id;
        var byEntry = await planted.AskAsync(5, "ARR");

        var byCompany = await planted.App.AskAsync(new Question { Sync = "portfolio", EntityId = company, Field = byEntry.FieldId! });
        var byDomain = await planted.App.AskAsync(new Question { Sync = "portfolio", Domain = "https://www.Company-5.com", Field = "arr" });

        Assert.Equal((byEntry.Entry!.EntryId, byEntry.Decision), (byCompany.Entry!.EntryId, byCompany.Decision));
        Assert.Equal((byEntry.Entry.EntryId, byEntry.Decision), (byDomain.Entry!.EntryId, byDomain.Decision));
    }
}
