using System.IO.Pipelines;
using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>Saves a tenant as one JSON document and loads it back: a snapshot of a running server, or a seed written by hand.</summary>
public static class SeedFile
{
    /// <summary>Saves the tenant, keys included; they are keys of the simulator only.</summary>
    public static async Task SaveAsync(Tenant tenant, string path, CancellationToken cancellationToken = default)
    {
        await using var file = File.Create(path);
        await SaveAsync(tenant, file, cancellationToken);
    }

    /// <inheritdoc cref="SaveAsync(Tenant, string, CancellationToken)"/>
    public static async Task SaveAsync(Tenant tenant, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var writer = new SeedWriter(PipeWriter.Create(destination, new StreamPipeWriterOptions(leaveOpen: true)), tenant);
        await writer.WriteAsync(cancellationToken);
    }

    /// <summary>Loads a tenant.</summary>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="InvalidDataException">The file does not describe a tenant; the message says where.</exception>
    public static async Task<Tenant> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var file = File.OpenRead(path);
        return await LoadAsync(file, cancellationToken);
    }

    /// <inheritdoc cref="LoadAsync(string, CancellationToken)"/>
    public static async Task<Tenant> LoadAsync(Stream source, CancellationToken cancellationToken = default)
    {
        using var document = await JsonDocument.ParseAsync(source, cancellationToken: cancellationToken);
        return SeedReader.Read(document.RootElement);
    }
}
