namespace AffinityDurable.Sources.Duck;

/// <summary>Comments at the beginning of SQL.</summary>
internal static class SqlComments
{
    /// <summary>The text from its first word on.</summary>
    public static ReadOnlySpan<char> SkipTo(ReadOnlySpan<char> sql)
    {
        while (true)
        {
            sql = sql.TrimStart();
            if (sql.StartsWith("--"))
            {
                sql = After(sql, "\n");
            }
            else if (sql.StartsWith("/*"))
            {
                sql = After(sql[2..], "*/");
            }
            else
            {
                return sql;
            }
        }
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> sql, string end)
    {
        var at = sql.IndexOf(end, StringComparison.Ordinal);
        return at < 0 ? [] : sql[(at + end.Length)..];
    }
}
