namespace AffinityDurable.Functions.Triggers.Requests;

/// <summary>Reads a body of at most so many bytes.</summary>
internal static class CappedBody
{
    /// <summary>The body; null for a longer one, of which no more is read.</summary>
    public static async Task<byte[]?> ReadAsync(Stream body, int mostBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > mostBytes)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
