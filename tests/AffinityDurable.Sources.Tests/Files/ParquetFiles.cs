using Parquet;
using Parquet.Schema;
using Parquet.Serialization;

namespace AffinityDurable.Sources.Tests.Files;

/// <summary>Writes Parquet by Parquet.Net, which shares nothing with the reader.</summary>
internal static class ParquetFiles
{
    public sealed class Owner
    {
        public string? Name { get; set; }

        public List<int> Ids { get; set; } = [];
    }

    public sealed class Company
    {
        public long Id { get; set; }

        public string? Name { get; set; }

        public Owner? Owner { get; set; }
    }

    /// <summary>Rows of one type, nested types included.</summary>
    public static async Task<byte[]> OfAsync<T>(IReadOnlyCollection<T> rows, int rowGroupSize = 1_000_000)
        where T : new()
    {
        using var stream = new MemoryStream();
        await ParquetSerializer.SerializeAsync(rows, stream, new ParquetOptions { RowGroupSize = rowGroupSize });
        return stream.ToArray();
    }

    /// <summary>One column of a type that Parquet itself has.</summary>
    public static async Task<byte[]> OfColumnAsync<T>(DataField field, params T?[] values)
        where T : struct
    {
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<T>(field, values.AsMemory());
            group.CompleteValidate();
        }

        return stream.ToArray();
    }

    /// <summary>Text columns.</summary>
    public static async Task<byte[]> OfTextAsync(string[] names, params string?[][] rows)
    {
        var fields = names.Select(name => new DataField<string>(name)).ToArray();
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream))
        {
            using var group = writer.CreateRowGroup();
            foreach (var (at, field) in fields.Index())
            {
                await group.WriteAsync(field, rows.Select(row => row[at]!).ToArray());
            }

            group.CompleteValidate();
        }

        return stream.ToArray();
    }
}
