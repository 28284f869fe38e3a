using System.Globalization;
using System.Text;

namespace AffinityDurable.Functions.Tests.Mutation;

/// <summary>A good export for the companies of the world with a few bytes changed, the same for the same number.</summary>
internal static class MutatedExport
{
    public const int Companies = 12;

    /// <summary>The last so many companies have in Affinity already what a good export says of them.</summary>
    public const int Settled = 3;

    private const int HeaderBytes = 31;

    private static readonly byte[] Telling = [.. "\"\"\"\"\n\n\r,,, .-0/\0"u8, 0xFF, 0xC3, 0xA9];

    public static byte[] Of(int number)
    {
        var random = new Random(number);
        List<byte> bytes = [.. Good(random)];
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            Mutate(bytes, random);
        }

        return [.. bytes];
    }

    private static byte[] Good(Random random)
    {
        var end = random.Next(3) == 0 ? "\r\n" : "\n";
        var text = new StringBuilder("website,arr,stage,notes,valued").Append(end);
        for (var row = 1; row <= Companies + 2; row++)
        {
            text.Append(row is > Companies - Settled and <= Companies ? SettledRow(row) : Row(row, random)).Append(end);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string SettledRow(int row) => string.Create(CultureInfo.InvariantCulture, $"company-{row}.com,{row},Seed,plain,");

    private static string Row(int row, Random random) => string.Create(
        CultureInfo.InvariantCulture,
        $"company-{row}.com,{random.Next(1000) / 4m},{Stage(random)},{Notes(random)},2026-0{random.Next(1, 10)}-1{random.Next(10)}");

    private static string Stage(Random random) => random.Next(4) switch { 0 => "Series A", 1 => "Series Q", 2 => "", _ => "Seed" };

    private static string Notes(Random random) => random.Next(6) switch
    {
        0 => "\"a,b\"",
        1 => "\"two\nlines\"",
        2 => "\"say \"\"hi\"\"\"",
        3 => "",
        4 => "Zoë — 東京",
        _ => "plain",
    };

    /// <summary>The header is hit now and then only: a file without its columns is refused as a whole and shows little.</summary>
    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(12) == 0 ? random.Next(HeaderBytes) : random.Next(HeaderBytes, bytes.Count);
        var value = random.Next(3) == 0 ? (byte)random.Next(256) : Telling[random.Next(Telling.Length)];
        switch (random.Next(5))
        {
            case 0:
                bytes[at] = value;
                break;
            case 1:
                bytes.Insert(at, value);
                break;
            case 2:
                bytes.RemoveAt(at);
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(random.Next(40), bytes.Count - at));
                break;
            default:
                bytes.InsertRange(random.Next(HeaderBytes, bytes.Count), bytes.GetRange(at, Math.Min(random.Next(60), bytes.Count - at)));
                break;
        }
    }
}
