using System.Globalization;

namespace AffinityDurable.LocalHost.Triggers.Queues;

/// <summary>A file of a watched folder as it is now.</summary>
/// <param name="Path">Within the folder, with <c>/</c> between folders.</param>
/// <param name="FullPath">On this machine.</param>
/// <param name="Length">Bytes.</param>
/// <param name="WrittenAt">Time of its last change.</param>
internal sealed record FolderFile(string Path, string FullPath, long Length, DateTimeOffset WrittenAt)
{
    /// <summary>Changes when the file does; made of time and size.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"0x{WrittenAt.UtcTicks:X}-{Length:X}");

    /// <summary>Whether no program keeps others from reading it, as many do while they write.</summary>
    public bool IsFree()
    {
        try
        {
            using var stream = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.Read);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>Looks through folders.</summary>
internal static class FolderFiles
{
    /// <summary>Endings under which programs write before they rename.</summary>
    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".filepart", ".crdownload"];

    private static readonly EnumerationOptions How = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>The files of a folder and all below it; none when it does not exist. Names with a leading dot and links are left out.</summary>
    public static IEnumerable<FolderFile> In(string folder) => !Directory.Exists(folder) ? [] : new DirectoryInfo(folder)
        .EnumerateFiles("*", How)
        .Select(file => (File: file, Path: Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/')))
        .Where(found => found.File.Exists && IsFinished(found.Path))
        .Select(found => new FolderFile(found.Path, found.File.FullName, found.File.Length, new DateTimeOffset(found.File.LastWriteTimeUtc)));

    private static bool IsFinished(string path) =>
        !path.Split('/').Any(name => name.StartsWith('.')) && !Unfinished.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
