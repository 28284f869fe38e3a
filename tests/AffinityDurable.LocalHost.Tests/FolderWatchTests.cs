using System.Diagnostics;
using System.Text.Json;
using AffinityDurable.LocalHost.Tests.Process;

namespace AffinityDurable.LocalHost.Tests;

public sealed class FolderWatchTests : IDisposable
{
    private const int Kills = 8;

    private readonly string folder = Directory.CreateTempSubdirectory("affinity-watched-").FullName;
    private readonly string state = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_file_that_arrives_becomes_one_message_as_Event_Grid_would_write_it()
    {
        await using var host = await WatchAsync();
        Write("exports/metrics 1.csv", "id,arr");
        var message = Assert.Single(await MessagesAsync(host, 1));
        var written = new FileInfo(Path.Combine(folder, "exports", "metrics 1.csv"));
        Assert.Equal("Microsoft.Storage.BlobCreated", message.GetProperty("eventType").GetString());
        Assert.Equal($"/blobServices/default/containers/{Path.GetFileName(folder)}/blobs/exports/metrics 1.csv", message.GetProperty("subject").GetString());
        Assert.Equal(TestHost.Start, message.GetProperty("eventTime").GetDateTimeOffset());
        var data = message.GetProperty("data");
        Assert.Equal(written.FullName, new Uri(data.GetProperty("url").GetString()!).LocalPath);
        Assert.Equal(6, data.GetProperty("contentLength").GetInt64());
        Assert.Equal($"0x{written.LastWriteTimeUtc.Ticks:X}-6", data.GetProperty("eTag").GetString());
    }

    [Fact]
    public async Task A_file_that_is_written_anew_is_another_message()
    {
        await using var host = await WatchAsync();
        Write("a.csv", "1");
        await MessagesAsync(host, 1);
        Write("a.csv", "12");
        var messages = await MessagesAsync(host, 2);
        Assert.Equal(2, messages.Select(message => message.GetProperty("data").GetProperty("eTag").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_file_is_not_announced_while_it_is_written()
    {
        await using var host = await WatchAsync(TimeSpan.FromMilliseconds(200));
        var path = Path.Combine(folder, "slow.csv");
        await using (var open = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
        {
            for (var part = 0; part < 20; part++)
            {
                await open.WriteAsync(new byte[100]);
                await open.FlushAsync();
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(part));
                await Task.Delay(30);
            }
        }

        var message = Assert.Single(await MessagesAsync(host, 1));
        Assert.Equal(2000, message.GetProperty("data").GetProperty("contentLength").GetInt64());
    }

    [Fact]
    public async Task A_file_that_a_program_keeps_to_itself_waits_for_it()
    {
        await using var host = await WatchAsync();
        await using (var open = new FileStream(Path.Combine(folder, "kept.csv"), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            open.Write("x"u8);
            await open.FlushAsync();
            Write("marker.csv", "y");
            Assert.EndsWith("marker.csv", Assert.Single(await MessagesAsync(host, 1)).GetProperty("subject").GetString(), StringComparison.Ordinal);
        }

        await MessagesAsync(host, 2);
    }

    [Fact]
    public async Task What_is_there_at_first_and_what_is_no_finished_file_is_no_news()
    {
        Write("old.csv", "1");
        await using var host = await WatchAsync();
        Write(".hidden.csv", "1");
        Write("half.csv.part", "1");
        Write("new.csv", "1");
        Assert.EndsWith("/new.csv", Assert.Single(await MessagesAsync(host, 1)).GetProperty("subject").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_while_the_host_is_down_is_announced_at_its_next_start()
    {
        await using (await WatchAsync())
        {
        }

        Write("meanwhile.csv", "1");
        await using var host = await WatchAsync();
        await MessagesAsync(host, 1);
    }

    [Fact]
    public async Task No_file_is_lost_when_the_process_is_killed_again_and_again()
    {
        var notes = Path.Combine(folder, "..", Path.GetFileName(folder) + ".notes");
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = StartWatch(notes);
            Assert.Equal("started", await process.StandardOutput.ReadLineAsync());
            for (var file = 0; file < 10; file++)
            {
                Write($"{kill}-{file}.csv", new string('x', file));
            }

            await Task.Delay(10 * kill);
            process.Kill();
            await process.WaitForExitAsync();
        }

        using (var last = StartWatch(notes))
        {
            await WaitTests.UntilAsync(() => Task.FromResult(Noted(notes).Count == Kills * 10));
            last.Kill();
            await last.WaitForExitAsync();
        }

        File.Delete(notes);
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        if (Directory.Exists(state))
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static HashSet<string> Noted(string notes) => !File.Exists(notes) ? [] :
    [
        .. File.ReadAllLines(notes).Where(line => line.EndsWith('}')).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("subject").GetString()!),
    ];

    private System.Diagnostics.Process StartWatch(string notes) => System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { "exec", typeof(Arrivals).Assembly.Location, "files", state, folder, notes },
        UseShellExecute = false,
        RedirectStandardOutput = true,
    })!;

    private Task<TestHost> WatchAsync(TimeSpan? rest = null) => TestHost.StartAsync(
        jump: true,
        directory: state,
        configure: options =>
        {
            options.FileRest = rest ?? TimeSpan.FromMilliseconds(40);
            options.WatchedFolders.Add(new WatchedFolder(folder, "files"));
        });

    private void Write(string path, string content)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    /// <summary>Nobody takes them: they stay in the queue.</summary>
    private static async Task<IReadOnlyList<JsonElement>> MessagesAsync(TestHost host, int count)
    {
        await WaitTests.UntilAsync(() => Task.FromResult(host.Host.ReadQueue("files").Count >= count));
        return [.. host.Host.ReadQueue("files").Select(message => JsonDocument.Parse(message).RootElement)];
    }
}
