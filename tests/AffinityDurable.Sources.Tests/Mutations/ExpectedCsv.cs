using System.Text;

namespace AffinityDurable.Sources.Tests.Mutations;

/// <summary>
/// What a CSV file means by the documented rules, found the slow way and independently of the product: bytes are cut into physical lines first,
/// then one state machine walks each record byte by byte.
/// </summary>
internal sealed class ExpectedCsv
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<(byte[] Content, byte[] End)> _lines;
    private readonly byte _delimiter;

    public ExpectedCsv(byte[] file, char delimiter)
    {
        _delimiter = (byte)delimiter;
        _lines = CutLines(file is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : file);
        var at = ReadHeader();
        while (at < _lines.Count && HeaderIsSound)
        {
            at += TakeRecord(at);
        }
    }

    public bool HeaderIsSound { get; private set; }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    public int PhysicalLines => _lines.Count;

    public int HeaderLines { get; private set; }

    public int BlankLines { get; private set; }

    public int RowLines { get; private set; }

    public List<(long Line, string?[] Cells)> Rows { get; } = [];

    public List<(long First, long Last, string Code)> Malformed { get; } = [];

    private static List<(byte[] Content, byte[] End)> CutLines(byte[] bytes)
    {
        List<(byte[], byte[])> lines = [];
        List<byte> line = [];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is not (10 or 13))
            {
                line.Add(bytes[i]);
                continue;
            }

            var crLf = bytes[i] == 13 && i + 1 < bytes.Length && bytes[i + 1] == 10;
            lines.Add(([.. line], crLf ? [13, 10] : [bytes[i]]));
            line.Clear();
            i += crLf ? 1 : 0;
        }

        if (line.Count > 0)
        {
            lines.Add(([.. line], []));
        }

        return lines;
    }

    private int ReadHeader()
    {
        var at = 0;
        for (; at < _lines.Count && _lines[at].Content.Length == 0; at++)
        {
            BlankLines++;
        }

        if (at == _lines.Count || !TryWalk(at, out var fields, out var lines, out _) || Decode(fields, lines, at) is not { } names)
        {
            return at;
        }

        Columns = [.. names.Select((name, i) => name ?? $"column{i + 1}")];
        HeaderIsSound = Columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() == Columns.Count;
        HeaderLines = lines;
        return at + lines;
    }

    private int TakeRecord(int at)
    {
        if (_lines[at].Content.Length == 0)
        {
            BlankLines++;
            return 1;
        }

        if (!TryWalk(at, out var fields, out var lines, out var fault))
        {
            Malformed.Add((at + 1, at + 1, fault));
            return 1;
        }

        var raw = _lines.GetRange(at, lines).SelectMany(line => line.Content).ToArray();
        var cells = Decode(fields, lines, at);
        if (raw.Contains((byte)0))
        {
            Malformed.Add((at + 1, at + lines, "AFF225"));
        }
        else if (cells is null)
        {
            Malformed.Add((at + 1, at + lines, "AFF224"));
        }
        else if (cells.Length != Columns.Count)
        {
            Malformed.Add((at + 1, at + lines, "AFF221"));
        }
        else
        {
            Rows.Add((at + 1, cells));
            RowLines += lines;
        }

        return lines;
    }

    private string?[]? Decode(List<List<byte>> fields, int lines, int at)
    {
        try
        {
            _ = Strict.GetString([.. _lines.GetRange(at, lines).SelectMany(line => line.Content.Concat(line.End))]);
            return HeaderIsSound || !fields.Exists(field => field.Contains(0))
                ? [.. fields.Select(field => Strict.GetString([.. field]).Trim()).Select(text => text.Length == 0 ? null : text)]
                : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private enum State
    {
        FieldStart,
        Unquoted,
        Quoted,
        QuoteInQuoted,
    }

    private bool TryWalk(int at, out List<List<byte>> fields, out int lines, out string fault)
    {
        fields = [[]];
        fault = "";
        var state = State.FieldStart;
        for (lines = 1; ; lines++)
        {
            var (content, end) = _lines[at + lines - 1];
            foreach (var b in content)
            {
                switch (state)
                {
                    case State.FieldStart when b == '"':
                        state = State.Quoted;
                        break;
                    case State.FieldStart or State.Unquoted when b == '"':
                        fault = "AFF223";
                        return false;
                    case State.Quoted when b == '"':
                        state = State.QuoteInQuoted;
                        break;
                    case State.Quoted:
                        fields[^1].Add(b);
                        break;
                    case State.QuoteInQuoted when b == '"':
                        fields[^1].Add(b);
                        state = State.Quoted;
                        break;
                    case not State.Quoted when b == _delimiter:
                        fields.Add([]);
                        state = State.FieldStart;
                        break;
                    case State.QuoteInQuoted:
                        fault = "AFF223";
                        return false;
                    default:
                        fields[^1].Add(b);
                        state = State.Unquoted;
                        break;
                }
            }

            if (state != State.Quoted)
            {
                return true;
            }

            fields[^1].AddRange(end);
            if (at + lines == _lines.Count || lines == 1000)
            {
                fault = "AFF222";
                return false;
            }
        }
    }
}
