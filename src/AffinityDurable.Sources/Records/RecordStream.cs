using System.Buffers;

namespace AffinityDurable.Sources.Records;

/// <summary>The records of a stream of bytes one after the other, blank lines and malformed ones included: every byte belongs to exactly one.</summary>
internal sealed class RecordStream(Stream stream) : IDisposable
{
    private const int WindowBytes = 4 * RecordLimits.MaxBytes;

    private byte[] _window = ArrayPool<byte>.Shared.Rent(WindowBytes);
    private int _start;
    private int _end;
    private int _frameStart;
    private bool _final;

    /// <summary>The record that <see cref="Read"/> found.</summary>
    public RecordFrame Frame { get; private set; }

    /// <summary>Its first physical line, one-based.</summary>
    public long FirstLine { get; private set; } = 1;

    /// <summary>Its bytes without the line end; of a line that is too long only the part at hand.</summary>
    public ReadOnlySpan<byte> Content => _window.AsSpan(_frameStart, Frame.ContentLength);

    /// <summary>Its line end; empty at the end of the stream.</summary>
    public ReadOnlySpan<byte> LineEnd => _window.AsSpan(_frameStart + Frame.ContentLength, Frame.Length - Frame.ContentLength);

    /// <summary>Skips the byte order mark of UTF-8.</summary>
    public void SkipByteOrderMark()
    {
        Fill();
        if (_window.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
        {
            _start += 3;
        }
    }

    /// <summary>The bytes ahead: at least the longest record unless the stream ends before.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        Fill();
        return _window.AsSpan(_start, _end - _start);
    }

    /// <summary>Goes to the next record; false at the end.</summary>
    public bool Read(IRecordFramer framer, CancellationToken cancellationToken)
    {
        FirstLine += Frame.Lines;
        if (_end - _start < RecordLimits.Lookahead && !_final)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill();
        }

        if (_start == _end)
        {
            Frame = default;
            return false;
        }

        Frame = framer.Next(_window.AsSpan(_start, _end - _start), _final);
        _frameStart = _start;
        _start += Frame.Length;
        if (Frame.LineGoesOn)
        {
            SkipLine(cancellationToken);
        }

        return true;
    }

    public void Dispose()
    {
        stream.Dispose();
        ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _window, []));
    }

    private void SkipLine(CancellationToken cancellationToken)
    {
        Frame = Frame with { ContentLength = 0, Length = 0 };
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill();
            var bytes = _window.AsSpan(_start, _end - _start);
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                _start = _end;
                if (_final)
                {
                    return;
                }
            }
            else if (end + 1 < bytes.Length || _final)
            {
                _start += end + (bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? 2 : 1);
                return;
            }
            else
            {
                // A CR that may be half of a CRLF: it waits for what follows.
                _start += end;
            }
        }
    }

    /// <summary>Moves what is left to the front and fills the rest.</summary>
    private void Fill()
    {
        if (_final)
        {
            return;
        }

        _window.AsSpan(_start, _end - _start).CopyTo(_window);
        (_start, _end) = (0, _end - _start);
        while (_end < _window.Length && !_final)
        {
            var read = stream.Read(_window, _end, _window.Length - _end);
            _end += read;
            _final = read == 0;
        }
    }
}
