namespace AffinityDurable.LocalHost.Tests;

public sealed class StateDirectoryTests
{
    [Fact]
    public async Task A_second_host_on_the_same_directory_fails_and_names_the_first()
    {
        await using var first = await TestHost.StartAsync(configure: options => options.Listen = new Uri("http://127.0.0.1:0"));
        var refused = await Assert.ThrowsAsync<StateDirectoryInUseException>(() => TestHost.StartAsync(directory: first.Directory));
        Assert.Equal(new StateDirectoryOwner(Environment.ProcessId, first.Host.Url), refused.Owner);
        Assert.Contains($"process {Environment.ProcessId} at {first.Host.Url}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_holds_a_directory_can_be_read_by_others()
    {
        string directory;
        await using (var host = await TestHost.StartAsync())
        {
            directory = host.Directory;
            Assert.Equal(new StateDirectoryOwner(Environment.ProcessId, null), StateDirectoryLock.ReadOwner(directory));
            await host.Host.StopAsync(CancellationToken.None);
            Assert.Null(StateDirectoryLock.ReadOwner(directory));
        }

        Assert.Null(StateDirectoryLock.ReadOwner(directory));
    }

    [Fact]
    public async Task A_host_starts_while_others_look_at_the_lock()
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                StateDirectoryLock.ReadOwner(directory);
            }
        });
        for (var i = 0; i < 10; i++)
        {
            await using var host = await TestHost.StartAsync(directory: directory);
        }

        await stop.CancelAsync();
        await looking;
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_new_state_directory_is_its_owners_alone_and_an_existing_one_stays_as_it_is()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        const UnixFileMode Shared = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        await using var fresh = await TestHost.StartAsync();
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(fresh.Directory));

        var existing = Directory.CreateTempSubdirectory("affinity-localhost-").FullName;
        File.SetUnixFileMode(existing, Shared);
        await using (await TestHost.StartAsync(directory: existing))
        {
            Assert.Equal(Shared, File.GetUnixFileMode(existing));
        }

        Directory.Delete(existing, recursive: true);
    }
}
