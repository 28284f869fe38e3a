using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Tests.Runs;

public sealed class PrivateFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Shared = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_folder_that_the_stores_make_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await FillAsync(folder["deep/store"]);

        var modes = Directory.GetDirectories(folder.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(made => Path.GetRelativePath(folder.Path, made), made => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(made));
        Assert.Superset(
            new HashSet<string> { "deep", "deep/store", "deep/store/.tmp", "deep/store/runs/run/journal", "deep/store/state/leases", "deep/store/state/.locks", "deep/store/state/.tmp" },
            modes.Keys.ToHashSet());
        Assert.All(modes, made => Assert.Equal(OwnerOnly, made.Value));
    }

    [Fact]
    public async Task A_folder_that_is_there_stays_as_it_is()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(folder["store/runs"]);
        File.SetUnixFileMode(folder["store"], Shared);
        File.SetUnixFileMode(folder["store/runs"], Shared);

        await FillAsync(folder["store"]);

        Assert.Equal((Shared, Shared), (File.GetUnixFileMode(folder["store"]), File.GetUnixFileMode(folder["store/runs"])));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder["store/runs/run"]));
    }

    private static async Task FillAsync(string root)
    {
        var runs = new FileRunStore(root);
        await runs.WriteAsync("run", "plan", (stream, stop) => stream.WriteAsync("{}"u8.ToArray(), stop).AsTask(), CancellationToken.None);
        await using (await runs.AppendAsync("run", "journal/0001", CancellationToken.None))
        {
            Assert.NotNull(await new FileSyncState(root).TryCreateAsync("leases/77", "held", CancellationToken.None));
        }
    }
}
