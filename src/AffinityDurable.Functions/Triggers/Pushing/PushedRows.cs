using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary>Reads the objects of a body: those of a JSON array, or any that follow each other, as in JSON Lines.</summary>
internal static class PushedRows
{
    /// <summary>A template that loops over rows leaves a comma after the last one.</summary>
    private static readonly JsonSerializerOptions Json = new() { AllowTrailingCommas = true };

    private static readonly byte[] Blank = [.. " \t\r\n"u8, 0xEF, 0xBB, 0xBF];

    /// <summary>The rows, one after the other; only one of them is in memory.</summary>
    /// <exception cref="PushRefusedException">The body is not JSON, or too large, or cut off.</exception>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(body);
        var isArray = await BeginsAsync(pipe, (byte)'[', cancellationToken);
        await using var rows = JsonSerializer
            .DeserializeAsyncEnumerable<JsonElement>(pipe.AsStream(), topLevelValues: !isArray, Json, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(rows))
        {
            yield return rows.Current;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<JsonElement> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (JsonException exception)
        {
            // Its message may quote content.
            var line = exception.LineNumber is { } number ? FormattableString.Invariant($" in line {number + 1}") : "";
            throw new PushRefusedException(
                StatusCodes.Status400BadRequest,
                Problem.Of(IntakeErrors.BadBody, $"The body is not valid JSON{line}, or it ends before it is complete. Nothing of it was kept."));
        }
    }

    private static async Task<bool> BeginsAsync(PipeReader pipe, byte wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var first = First(read.Buffer);
            pipe.AdvanceTo(read.Buffer.Start, first is null && !read.IsCompleted ? read.Buffer.End : read.Buffer.Start);
            if (first is not null || read.IsCompleted)
            {
                return first == wanted;
            }
        }
    }

    /// <summary>The first byte that is not blank.</summary>
    private static byte? First(ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes)
        {
            if (part.Span.IndexOfAnyExcept(Blank) is >= 0 and var place)
            {
                return part.Span[place];
            }
        }

        return null;
    }
}
