using System.Globalization;
using System.Text;

namespace AffinityDurable.Sources.Tests.Mutations;

/// <summary>A good file with a few bytes changed, the same for the same number.</summary>
internal sealed class MutatedCsv
{
    private static readonly byte[] Telling = [.. "\"\"\"\"\n\n\r,,;\t \0x1"u8, 0xFF, 0xC3, 0xA9, 0xE2];

    public MutatedCsv(int number)
    {
        var random = new Random(number);
        Delimiter = random.Next(4) switch { 0 => ';', 1 => '\t', _ => ',' };
        List<byte> bytes = [.. Good(random, Delimiter)];
        for (var left = random.Next(1, 5); left > 0 && bytes.Count > 0; left--)
        {
            Mutate(bytes, random);
        }

        Bytes = [.. bytes];
    }

    public char Delimiter { get; }

    public byte[] Bytes { get; }

    private static byte[] Good(Random random, char delimiter)
    {
        var end = random.Next(3) switch { 0 => "\r\n", _ => "\n" };
        var columns = random.Next(1, 6);
        var text = new StringBuilder(random.Next(4) == 0 ? "\uFEFF" : "");
        text.AppendJoin(delimiter, Enumerable.Range(0, columns).Select(i => $"col{i}")).Append(end);
        for (var row = random.Next(0, 14); row > 0; row--)
        {
            text.AppendJoin(delimiter, Enumerable.Range(0, columns).Select(_ => Cell(random, delimiter))).Append(end);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(Random random, char delimiter) => random.Next(9) switch
    {
        0 => $"\"a{delimiter}b\"",
        1 => "\"two\nlines\"",
        2 => "\"two\r\nlines\"",
        3 => "\"say \"\"hi\"\"\"",
        4 => "\"\"",
        5 => "Zoë — 東京",
        6 => " x ",
        _ => random.Next(100_000).ToString(CultureInfo.InvariantCulture),
    };

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
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
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(40), bytes.Count - at)));
                break;
        }
    }
}
