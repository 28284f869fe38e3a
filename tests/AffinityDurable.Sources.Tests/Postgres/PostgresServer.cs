using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AffinityDurable.Sources.Tests.Services;
using Npgsql;

namespace AffinityDurable.Sources.Tests.Postgres;

/// <summary>A PostgreSQL server of the tests: its own data, its own port, gone afterwards.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public const string Password = "reader-kanarie-secret";

    private readonly Service service = Service.Of(Service.Postgres);
    private readonly TempFolder folder = new();

    public int Port { get; } = FreePort.Find();

    public string AdminConnection => $"Host=127.0.0.1;Port={Port};Database=postgres;Username=admin;Password={Password};Pooling=false";

    private string Data => Path.Combine(folder.Path, "data");

    public async Task InitializeAsync()
    {
        if (service.ReasonToSkip() is not null)
        {
            return;
        }

        var secret = folder.Write("password", Password);
        WriteCertificate();
        await RunAsync("chown", "-R", "postgres", folder.Path);
        await ServerAsync("initdb", "-D", Data, "-U", "admin", "--auth=scram-sha-256", $"--pwfile={secret}", "-E", "UTF8", "--locale=C", "--no-sync");
        await ServerAsync("pg_ctl", "-D", Data, "-l", Path.Combine(folder.Path, "log"), "-w", "-o", Options(), "start");
        await ExecuteAsync($"create role reader login password '{Password}'");
    }

    public async Task DisposeAsync()
    {
        if (Directory.Exists(Data))
        {
            await ServerAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        }

        folder.Dispose();
    }

    /// <summary>Runs statements as the owner of everything.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(AdminConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private string Options() => string.Join(' ', new[]
    {
        $"-p {Port}", "-c listen_addresses=127.0.0.1", "-c unix_socket_directories=", "-c fsync=off", "-c full_page_writes=off", "-c synchronous_commit=off", "-c ssl=on",
        $"-c ssl_cert_file={Path.Combine(folder.Path, "server.crt")}", $"-c ssl_key_file={Path.Combine(folder.Path, "server.key")}",
    });

    /// <summary>One that nobody has signed.</summary>
    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=db.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        folder.Write("server.crt", certificate.ExportCertificatePem());
        File.SetUnixFileMode(folder.Write("server.key", key.ExportPkcs8PrivateKeyPem()), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The server refuses to run as root.</summary>
    private Task ServerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Path.GetDirectoryName(service.Require())!, program);
        return Environment.IsPrivilegedProcess ? Commands.RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : Commands.RunAsync(path, arguments);
    }

    private static Task RunAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? Commands.RunAsync(program, arguments) : Task.CompletedTask;
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
