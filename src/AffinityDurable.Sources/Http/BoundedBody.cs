namespace AffinityDurable.Sources.Http;

/// <summary>Reads a body that must not be larger than so many bytes, after decompression.</summary>
internal static class BoundedBody
{
    /// <param name="content">The body.</param>
    /// <param name="most">Bytes.</param>
    /// <param name="tooLarge">The error of a larger one.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<byte[]> ReadAsync(HttpContent content, long most, Func<Exception> tooLarge, CancellationToken cancellationToken)
    {
        var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = body.ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (read.Length + count > most)
            {
                throw tooLarge();
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }
}
