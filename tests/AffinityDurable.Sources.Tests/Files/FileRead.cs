using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Sources.Tests.Files;

/// <summary>Everything that one pass over a source of files gave.</summary>
internal sealed record FileRead(
    IReadOnlyList<string> Columns, IReadOnlyList<string?[]> Rows, IReadOnlyList<long?> Lines, IReadOnlyList<MalformedRecord> Malformed)
{
    /// <summary>Reads through the registered adapter of a type.</summary>
    public static Task<FileRead> OfAsync(string type, TempFolder folder, string path, string? query = null, SourceOptions? options = null) =>
        OfAsync(type, folder, new FileSettings(path, query), options);

    public static async Task<FileRead> OfAsync(
        string type, TempFolder folder, FileSettings settings, SourceOptions? options = null, IConfiguration? configuration = null, DateTimeOffset? readAt = null)
    {
        await using var reader = await OpenAsync(type, folder, settings, options, configuration, readAt);
        return await OfAsync(reader);
    }

    public static async Task<ISourceReader> OpenAsync(
        string type, TempFolder folder, FileSettings settings, SourceOptions? options = null, IConfiguration? configuration = null, DateTimeOffset? readAt = null)
    {
        var services = new ServiceCollection().AddSources();
        if (options is not null)
        {
            services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        }

        if (configuration is not null)
        {
            services.AddSingleton(configuration);
        }

        var adapter = (FileSourceAdapter)services.BuildServiceProvider().GetRequiredService<SourceAdapters>().Get(type);
        return await adapter.OpenAsync(settings, folder.Path, readAt ?? DateTimeOffset.UtcNow, CancellationToken.None);
    }

    public static async Task<FileRead> OfAsync(ISourceReader reader)
    {
        List<string?[]> rows = [];
        List<long?> lines = [];
        await foreach (var row in reader.ReadRowsAsync(CancellationToken.None))
        {
            rows.Add([.. Enumerable.Range(0, reader.Columns.Count).Select(row.Text)]);
            lines.Add(row.Line);
        }

        return new FileRead(reader.Columns, rows, lines, await reader.ReadMalformedAsync(CancellationToken.None).ToListAsync());
    }

    /// <summary>The problem with which reading ends.</summary>
    public static async Task<Problem> FailsAsync(Func<Task<FileRead>> read) =>
        Assert.Single((await Assert.ThrowsAsync<ProblemException>(read)).Problems);

    public IEnumerable<string> Joined() => Rows.Select(row => string.Join('|', row.Select(cell => cell ?? "∅")));
}
