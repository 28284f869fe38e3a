using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Sources.Tests.Postgres;

/// <summary>What a read holds can be told only while nothing else runs in the process.</summary>
[Collection(Alone)]
public sealed class PostgresMemoryTests(PostgresServer server) : PostgresTestBase(server), IClassFixture<PostgresServer>
{
    internal const string Alone = "Alone";

    [ServiceFact(Service.Postgres)]
    public async Task A_million_rows_pass_through_without_being_kept()
    {
        await using var reader = await Adapter().OpenAsync(Request("select n, md5(n::text) as a, n / 7.0 as b from generate_series(1, 1000000) n"), CancellationToken.None);
        var (count, first, most) = (0, 0L, 0L);
        await foreach (var row in reader.ReadRowsAsync(CancellationToken.None))
        {
            Assert.NotNull(row.Text(1));
            if (++count % 100_000 == 1)
            {
                var held = GC.GetTotalMemory(forceFullCollection: true);
                (first, most) = (first == 0 ? held : first, Math.Max(most, held));
            }
        }

        Assert.Equal(1_000_000, count);
        Assert.InRange(most - first, 0, 8 * 1024 * 1024);
    }
}

[CollectionDefinition(PostgresMemoryTests.Alone, DisableParallelization = true)]
public sealed class ReadsAlone;
