using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Sources;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AffinityDurable.Functions.Tests.Secrecy;

/// <summary>
/// Values and keys stay where they belong: in the run store and on the wire. Each test plants words that occur nowhere else and looks for
/// them in logs from Information up and in all that the host keeps: inputs, outputs, history, failures, custom status.
/// </summary>
public sealed class SecrecyTests
{
    private const string Canary = "kanarie";

    [Theory]
    [InlineData(RunMode.Plan)]
    [InlineData(RunMode.Apply)]
    public async Task A_run_with_rejects_of_every_kind_leaves_no_value_outside_the_run_store(RunMode mode)
    {
        await using var app = await TestApp.StartAsync(companies: 30);
        PlantLiveValues(app);
        app.Define("guards: { maxRejectedPercent: 100 }", "  ARR: arr\n  Round: stage\n  Notes: notes\n  Valued: valued");
        ExportWithCanaries(app);

        var report = await app.RunAsync(mode);

        Assert.Equal((RunOutcome.Partial, null), (report.Outcome, report.Error));
        Assert.Equal(6, report.RejectsByCode.Count);
        await AssertSecretAsync(app, "kanarienote", "kanarienumber", "kanarieoption", "kanariedate", "kanarielive", "kanariechoice", "918273645.25", "kanarietwin");
    }

    [Fact]
    public async Task What_a_guard_shows_of_its_breach_is_in_the_report_alone()
    {
        await using var app = await TestApp.StartAsync(companies: 30);
        app.World.Entries.ForEach(entry => entry.Set(app.World.Notes, "kanarielive"));
        app.Define();
        ExportWithCanaries(app);

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Blocked, report.Outcome);
        var shown = string.Join('\n', report.Guards.SelectMany(guard => guard.Examples).Select(example => example.Text));
        Assert.Contains("kanarielive → kanarienote", shown, StringComparison.Ordinal);
        Assert.Contains("kanarienumber", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, report.Error!.Message, StringComparison.Ordinal);
        await AssertSecretAsync(app, "kanarielive → kanarienote");
    }

    [Fact]
    public async Task A_refusal_that_quotes_the_value_stays_in_the_run_store()
    {
        await using var app = await StartAsync();
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Times = null, Status = 400, Message = "value 'kanarierefused' is too long" });

        var report = await app.RunAsync();

        Assert.Equal(30 * 4, report.RejectsByCode[AffinityErrors.Refused.Id]);
        await AssertSecretAsync(app, "kanarierefused", "kanarienote");
    }

    [Fact]
    public async Task Approving_undoing_adopting_and_explaining_leave_no_value()
    {
        await using var app = await DecidedApp.StartAsync();
        PlantLiveValues(app);
        app.Define("approval: always\nverify: all\ncanary: 2\nguards: { maxRejectedPercent: 100, maxOverwrittenPercent: 100 }", "  ARR: { from: arr, onConflict: humanWins }\n  Round: stage\n  Notes: { from: notes, onConflict: humanWins, onNull: clear }");
        app.Export(Enumerable.Range(1, 30).Select(n => $"company-{n}.com,{n},Seed,kanarienote{n},2026-01-02"));
        await app.RunAsync(RunMode.Adopt);
        var runId = await app.StartRunAsync();
        await app.UntilWaitingAsync(runId);
        Assert.Null(await app.AnswerAsync(runId, ApprovalVerdict.Approved, comment: "kanariecomment"));
        var run = await app.EndAsync(runId);
        app.World.Entries[20].Set(app.World.Notes, "kanarieedit");

        var undo = await app.UndoAsync(runId);

        Assert.Equal(30, run.Writes!.EntriesWritten);
        Assert.Equal(1, undo.RejectsByCode[DecisionErrors.UndoConflict.Id]);
        await AssertSecretAsync(app, "kanarienote", "kanarielive", "kanariecomment", "kanarieedit", "kanariechoice");
    }

    [Fact]
    public async Task A_refused_read_that_quotes_something_stays_in_the_run_store_and_is_told_in_the_report()
    {
        await using var app = await StartAsync();
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/list-entries", Times = null, Status = 400, Message = "no such kanariecursor" });

        var report = await app.RunAsync();

        AssertFailed(report, AffinityErrors.Refused, "kanariecursor");
        await AssertSecretAsync(app, "kanariecursor");
    }

    [Fact]
    public async Task A_refused_check_of_the_definition_that_quotes_something_stays_in_the_run_store()
    {
        await using var app = await StartAsync();
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/lists/77/fields", Times = null, Status = 403, Message = "kanariefields are not yours" });

        var report = await app.RunAsync();

        AssertFailed(report, AffinityErrors.Forbidden, "kanariefields");
        await AssertSecretAsync(app, "kanariefields");
    }

    [Fact]
    public async Task An_outage_leaves_no_value()
    {
        await using var app = await StartAsync();
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 5, Times = null, Status = 500, Message = "could not store kanariestored" });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, AffinityErrors.Unavailable.Id), (report.Outcome, report.Error?.Code));
        await AssertSecretAsync(app, "kanarienote");
    }

    [Fact]
    public async Task A_file_whose_first_line_is_no_header_is_an_error_that_quotes_it_in_the_report_alone()
    {
        await using var app = await StartAsync();
        app.Export(["company-1.com,2,Seed,plain,2026-01-01"], header: "company-1.com,1,Seed,kanarieheader,2026-01-01");

        var report = await app.RunAsync();

        AssertFailed(report, MatchErrors.ColumnMissing, "kanarieheader");
        await AssertSecretAsync(app, "kanarieheader");
    }

    [Fact]
    public async Task A_header_with_a_name_twice_is_an_error_that_quotes_it_in_the_report_alone()
    {
        await using var app = await StartAsync();
        app.Export([], header: "website,kanarietwice,kanarietwice");

        var report = await app.RunAsync();

        AssertFailed(report, SourceErrors.DuplicateColumns, "kanarietwice");
        await AssertSecretAsync(app, "kanarietwice");
    }

    [Theory]
    [InlineData("SELECT website, CAST(notes AS INTEGER) AS arr FROM source")]
    [InlineData("SELECT website, error(notes) AS arr FROM source")]
    public async Task A_query_that_fails_on_a_cell_does_not_quote_it(string query)
    {
        await using var app = await StartAsync();
        DefineQuery(app, query);

        var report = await app.RunAsync();

        AssertFailed(report, SourceErrors.QueryFailed, "");
        Assert.DoesNotContain(Canary, report.Error!.Message, StringComparison.Ordinal);
        await AssertSecretAsync(app);
    }

    [Fact]
    public async Task A_definition_that_holds_the_key_is_refused_without_showing_it()
    {
        await using var app = await StartAsync();
        app.Define($"apiKey: {app.Affinity.ApiKey}\nkanariekey: kanarievalue");

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.DoesNotContain(app.Affinity.ApiKey, report.Error!.Message, StringComparison.Ordinal);
        await AssertSecretAsync(app);
    }

    [Fact]
    public async Task A_step_that_breaks_with_an_exception_that_quotes_a_cell_is_told_by_its_kind()
    {
        await using var app = await TestApp.StartAsync(companies: 30, services: services => services.RemoveAll<ISourceAdapter>().AddSingleton<ISourceAdapter, BrokenAdapter>());
        app.Define();
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        AssertFailed(report, HostErrors.StepFailed, nameof(FormatException));
        await AssertSecretAsync(app);
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(companies: 30);
        app.Define();
        app.Export(Enumerable.Range(1, 30).Select(n => $"company-{n}.com,{n},Seed,kanarienote{n},2026-01-02"));
        return app;
    }

    private static void PlantLiveValues(TestApp app)
    {
        var world = app.World;
        var round = world.List.Dropdown("Round", "kanariechoice", "Seed");
        foreach (var entry in world.Entries.Take(9))
        {
            entry.Set(world.Notes, "kanarielive").Set(round, "kanariechoice").Set(world.Arr, 918273645.25d);
        }

        world.List.AddEntry(world.Tenant.AddCompany("Twin", "kanarietwin.com"));
        world.List.AddEntry(world.Tenant.AddCompany("Other twin", "kanarietwin.com"));
    }

    private static void ExportWithCanaries(TestApp app) => app.Export(
    [
        .. Enumerable.Range(1, 20).Select(n => $"company-{n}.com,{n},kanariechoice,kanarienote{n},2026-01-02"),
        "company-21.com,kanarienumber,Seed,kanarienote,2026-01-02",
        "company-22.com,22,kanarieoption,kanarienote,2026-01-02",
        "company-23.com,23,Seed,kanarienote,kanariedate",
        "company-24.com,24,kanariemalformed",
        "company-25.com,25,Seed,\"kanarieunclosed,2026-01-02",
        "kanarienobody.com,26,Seed,kanarienote,2026-01-02",
        "kanarietwin.com,27,Seed,kanarienote,2026-01-02",
    ]);

    private static void DefineQuery(TestApp app, string query) => File.WriteAllText(
        Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
        $"sync: portfolio\nlist: 77\nsource:\n  type: csv\n  path: portfolio.csv\n  query: {query}\nmatch:\n  - domain: website\nfields:\n  ARR: arr\n");

    private static void AssertFailed(RunReport report, ErrorCode code, string message)
    {
        Assert.Equal((RunOutcome.Failed, code.Id), (report.Outcome, report.Error?.Code));
        Assert.Contains(message, report.Error!.Message, StringComparison.Ordinal);
    }

    /// <param name="app">The app after its runs; it is stopped.</param>
    /// <param name="present">Words that the run store must hold, so that the search could have found something.</param>
    private static async Task AssertSecretAsync(TestApp app, params string[] present)
    {
        var store = await Traces.RunStoreAsync(app);
        Assert.All(present, word => Assert.Contains(word, store, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Affinity.ApiKey, store, StringComparison.Ordinal);

        var traces = await Traces.OfAsync(app);
        Assert.Contains(traces, trace => trace.Place == "history.payload");
        Assert.Contains(traces, trace => trace.Place == "instances.custom_status" && trace.Text.Contains("phase", StringComparison.OrdinalIgnoreCase));
        var told = traces.Where(trace => new[] { Canary, "918273645.25", app.Affinity.ApiKey }.Any(secret => trace.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(told.Select(trace => $"{trace.Place}: {trace.Text[..Math.Min(600, trace.Text.Length)]}"));
    }

    /// <summary>Breaks in the way of many drivers and parsers.</summary>
    private sealed class BrokenAdapter : ISourceAdapter
    {
        public string Name => "csv";

        public SourceTraits Check(MapReader keys)
        {
            keys.Text("path");
            return new SourceTraits();
        }

        public Task<ISourceReader> OpenAsync(SourceRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Cell 'kanariecell' broke the driver.", new FormatException("The input string 'kanariecell' was not in a correct format."));
    }
}
