using System.Text;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Core.Tests.Runs.Contracts;

/// <summary>What every <see cref="IRunStore"/> promises. An implementation's tests derive from it.</summary>
public abstract class RunStoreContract
{
    private const string Run = "portfolio-metrics@20261123T0200Z";

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));

    protected abstract IRunStore Store { get; }

    [StoreTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(3_000_000)]
    public async Task An_artefact_reads_back_as_it_was_written(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);

        await WriteAsync(Run, "snapshot.bin", content);

        Assert.Equal(content, await ReadAsync(Run, "snapshot.bin"));
    }

    [StoreFact]
    public async Task Content_that_is_gzip_itself_reads_back_unchanged()
    {
        byte[] content = [0x1f, 0x8b, 8, 0, 1, 2, 3];

        await WriteAsync(Run, "export.gz", content);

        Assert.Equal(content, await ReadAsync(Run, "export.gz"));
    }

    [StoreFact]
    public async Task There_is_nothing_where_nothing_was_written()
    {
        Assert.Null(await Store.OpenReadAsync(Run, "report.json", default));
        Assert.Null(await Store.ReadJsonAsync<Row>(Run, "report.json", default));
        Assert.Empty(await Store.ListAsync(Run, "", default).ToListAsync());
        Assert.Empty(await Store.RunsAsync(default).ToListAsync());
    }

    [StoreTheory]
    [InlineData(10, 100_000)]
    [InlineData(100_000, 10)]
    public async Task A_repeated_write_replaces_the_artefact(int first, int second)
    {
        await WriteAsync(Run, "plan", new byte[first]);
        await WriteAsync(Run, "plan", new byte[second]);

        Assert.Equal(second, (await ReadAsync(Run, "plan"))!.Length);
        Assert.Equal(["plan"], await Store.ListAsync(Run, "", default).ToListAsync());
    }

    [StoreFact]
    public async Task A_write_that_fails_leaves_what_was_there()
    {
        await WriteAsync(Run, "plan", "old"u8.ToArray());

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync(
            Run,
            "plan",
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100_000], token);
                throw new InvalidOperationException("the source broke");
            },
            default));

        Assert.Equal("old"u8.ToArray(), await ReadAsync(Run, "plan"));
    }

    [StoreFact]
    public async Task An_unfinished_write_is_not_seen()
    {
        var written = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var writing = Store.WriteAsync(
            Run,
            "plan",
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100_000], token);
                await stream.FlushAsync(token);
                written.SetResult();
                await finish.Task;
            },
            default);
        await written.Task;

        Assert.Null(await ReadAsync(Run, "plan"));
        Assert.Empty(await Store.ListAsync(Run, "", default).ToListAsync());

        finish.SetResult();
        await writing;
        Assert.Equal(100_000, (await ReadAsync(Run, "plan"))!.Length);
    }

    [StoreFact]
    public async Task A_reader_keeps_the_artefact_it_opened_while_it_is_replaced()
    {
        var old = Encoding.UTF8.GetBytes(new string('a', 500_000));
        await WriteAsync(Run, "plan", old);
        await using var reader = (await Store.OpenReadAsync(Run, "plan", default))!;
        var start = new byte[100];
        await reader.ReadExactlyAsync(start);

        await WriteAsync(Run, "plan", "new"u8.ToArray());

        using var rest = new MemoryStream();
        await reader.CopyToAsync(rest);
        Assert.Equal(old, start.Concat(rest.ToArray()));
        Assert.Equal("new"u8.ToArray(), await ReadAsync(Run, "plan"));
    }

    [StoreFact]
    public async Task Of_many_concurrent_writers_one_artefact_remains_whole()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(() =>
            Store.WriteLinesAsync(Run, "plan", Enumerable.Range(0, 500).Select(line => new Row(writer, line, "x")), default))));

        var rows = await Store.ReadLinesAsync<Row>(Run, "plan").ToListAsync();

        Assert.Equal(500, rows.Count);
        Assert.Single(rows.Select(row => row.Id).Distinct());
    }

    [StoreFact]
    public async Task Appended_bytes_can_be_read_while_the_segment_is_still_open()
    {
        await using var journal = await Store.AppendAsync(Run, "journal/0001-1", default);
        await journal.AppendAsync("one\n"u8.ToArray(), default);
        Assert.Equal("one\n"u8.ToArray(), await ReadAsync(Run, "journal/0001-1"));

        await journal.AppendAsync("two\n"u8.ToArray(), default);
        Assert.Equal("one\ntwo\n"u8.ToArray(), await ReadAsync(Run, "journal/0001-1"));
    }

    [StoreFact]
    public async Task Of_many_concurrent_appenders_to_one_segment_exactly_one_gets_it()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                await using var journal = await Store.AppendAsync(Run, "journal/1", default);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        })));

        Assert.Single(outcomes, won => won);
    }

    [StoreFact]
    public async Task Concurrent_appends_to_one_segment_keep_lines_whole()
    {
        await using (var journal = await Store.AppendAsync(Run, "journal/1", default))
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
                journal.AppendLinesAsync([new Row(i, 0, new string('x', 200)), new Row(i, 1, "y")], default))));
        }

        var rows = await Store.ReadLinesAsync<Row>(Run, "journal/1", tornEnd: true).ToListAsync();
        Assert.Equal(400, rows.Count);
        Assert.Equal(Enumerable.Range(0, 200), rows.Where(row => row.Line == 1).Select(row => row.Id).Order());
    }

    [StoreFact]
    public async Task Names_are_listed_in_ordinal_order_and_by_prefix()
    {
        string[] names = ["batches/0010", "batches/0002", "Batches", "report.json", "batches/0001", "journal/0002-1", "batches.json"];
        foreach (var name in names)
        {
            await WriteAsync(Run, name, [1]);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), await Store.ListAsync(Run, "", default).ToListAsync());
        Assert.Equal(["batches/0001", "batches/0002", "batches/0010"], await Store.ListAsync(Run, "batches/", default).ToListAsync());
        Assert.Equal(["batches/0001", "batches/0002"], await Store.ListAsync(Run, "batches/000", default).ToListAsync());
        Assert.Empty(await Store.ListAsync("other@20261123T0200Z", "", default).ToListAsync());
    }

    [StoreFact]
    public async Task Runs_are_listed_newest_first_whatever_their_names()
    {
        string[] runs = ["z@20261101T0200Z", "a@adhoc-0b9d6a3e-7d5c-4a53-8f9a-6a8a4e6b1c11", "m@20261201T0200Z", "b@20261102T0200Z"];
        foreach (var run in runs)
        {
            await WriteAsync(run, "definition.json", [1]);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        await WriteAsync(runs[0], "report.json", [1]);

        Assert.Equal(runs.Reverse(), await Store.RunsAsync(default).ToListAsync());
    }

    [StoreTheory]
    [InlineData("portfolio-metrics@20261123T0200Z")]
    [InlineData("x@adhoc-0b9d6a3e-7d5c-4a53-8f9a-6a8a4e6b1c11")]
    [InlineData("x@20261123T0200Z:apply")]
    [InlineData("targeted@77")]
    [InlineData("a b%20c")]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData(".started")]
    [InlineData("con")]
    [InlineData("größe/ü")]
    public async Task Any_run_id_stays_what_it_is(string run)
    {
        await WriteAsync(run, "definition.json", [1]);

        Assert.Equal([run], await Store.RunsAsync(default).ToListAsync());
        Assert.Equal(["definition.json"], await Store.ListAsync(run, "", default).ToListAsync());
    }

    [StoreTheory]
    [InlineData(".started")]
    [InlineData("rejects/ä ö:?*<>|.jsonl")]
    [InlineData("100%")]
    [InlineData("a%2fb")]
    [InlineData("plan.gz")]
    [InlineData("trailing.")]
    [InlineData("nul.txt")]
    public async Task Odd_names_work(string name)
    {
        await WriteAsync(Run, name, [7]);

        Assert.Equal([7], await ReadAsync(Run, name));
        Assert.Equal([name], await Store.ListAsync(Run, "", default).ToListAsync());
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../other/plan")]
    [InlineData("batches/../../x")]
    [InlineData("batches/./x")]
    [InlineData("batches//x")]
    [InlineData("batches/")]
    [InlineData("..\\x")]
    [InlineData("a\0b")]
    public async Task Names_that_leave_the_run_are_refused(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => WriteAsync(Run, name, [1]));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.OpenReadAsync(Run, name, default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AppendAsync(Run, name, default));
    }

    [StoreFact]
    public async Task Lines_read_back_in_order()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => new Row(i, i * 2, "größe \"ü\"\n" + new string('x', i % 700))).ToList();

        await Store.WriteLinesAsync(Run, "rows", rows, default);
        await Store.WriteLinesAsync(Run, "async-rows", rows.ToAsyncEnumerable(), default);

        Assert.Equal(rows, await Store.ReadLinesAsync<Row>(Run, "rows").ToListAsync());
        Assert.Equal(rows, await Store.ReadLinesAsync<Row>(Run, "async-rows").ToListAsync());
    }

    [StoreFact]
    public async Task A_line_longer_than_any_buffer_reads_back()
    {
        List<Row> rows = [new(1, 1, "a"), new(2, 2, new string('ü', 1_000_000)), new(3, 3, "b")];

        await Store.WriteLinesAsync(Run, "rows", rows, default);

        Assert.Equal(rows, await Store.ReadLinesAsync<Row>(Run, "rows").ToListAsync());
    }

    [StoreTheory]
    [InlineData("{\"id\":1,\"line\":1,\"text\":\"a\"}\n{\"id\":2,\"li")]
    [InlineData("{\"id\":1,\"line\":1,\"text\":\"a\"}\n{\"id\":2,\"line\":2,\"text\":\"b\"}")]
    public async Task The_last_line_of_a_segment_that_a_kill_cut_off_is_left_out(string content)
    {
        await using (var journal = await Store.AppendAsync(Run, "journal/1", default))
        {
            await journal.AppendAsync(Encoding.UTF8.GetBytes(content), default);
        }

        Assert.Equal([new Row(1, 1, "a")], await Store.ReadLinesAsync<Row>(Run, "journal/1", tornEnd: true).ToListAsync());
    }

    [StoreFact]
    public async Task A_torn_artefact_that_is_no_segment_is_an_error_that_names_the_line_but_not_the_content()
    {
        await WriteAsync(Run, "rows", "{\"id\":1,\"line\":1,\"text\":\"a\"}\n{\"id\":\"secret"u8.ToArray());

        var thrown = await Assert.ThrowsAsync<ProblemException>(async () => await Store.ReadLinesAsync<Row>(Run, "rows").ToListAsync());

        var problem = Assert.Single(thrown.Problems);
        Assert.Equal((HostErrors.ArtefactUnreadable.Id, 2), (problem.Code, problem.Line));
        Assert.DoesNotContain("secret", thrown.ToString(), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Reading_lines_of_a_missing_artefact_says_which()
    {
        var thrown = await Assert.ThrowsAsync<ProblemException>(async () => await Store.ReadLinesAsync<Row>(Run, "rows").ToListAsync());

        Assert.Equal(HostErrors.ArtefactMissing.Id, Assert.Single(thrown.Problems).Code);
        Assert.Contains("'rows'", thrown.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task A_document_reads_back()
    {
        await Store.WriteJsonAsync(Run, "report.json", new Row(1, 2, "<größe>"), default);

        Assert.Equal(new Row(1, 2, "<größe>"), await Store.ReadJsonAsync<Row>(Run, "report.json", default));
        Assert.Equal("""{"id":1,"line":2,"text":"<größe>"}""", Encoding.UTF8.GetString((await ReadAsync(Run, "report.json"))!));
    }

    protected Task WriteAsync(string run, string name, byte[] content) =>
        Store.WriteAsync(run, name, async (stream, token) => await stream.WriteAsync(content, token), default);

    protected async Task<byte[]?> ReadAsync(string run, string name)
    {
        await using var stream = await Store.OpenReadAsync(run, name, default);
        if (stream is null)
        {
            return null;
        }

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    protected sealed record Row(int Id, int Line, string? Text);
}
