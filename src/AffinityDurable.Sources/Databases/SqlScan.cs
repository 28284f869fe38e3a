namespace AffinityDurable.Sources.Databases;

/// <summary>Walks over SQL: how far a string, a quoted name, a comment or a word reaches.</summary>
internal sealed class SqlScan(string sql, SqlDialect dialect)
{
    /// <summary>Where the token that begins at a place ends; null when it does not end.</summary>
    public int? EndOf(int at) => sql[at] switch
    {
        '\'' => EndOfString(at, dialect.HasBackslashes),
        '"' => EndOfQuoted(at, '"'),
        '[' when dialect.HasBrackets => EndOfQuoted(at, ']'),
        '-' when StartsWith(at, "--") => EndOfLine(at),
        '/' when StartsWith(at, "//") && dialect.HasSlashComments => EndOfLine(at),
        '/' when StartsWith(at, "/*") => EndOfComment(at),
        '$' when dialect.HasDollarQuotes && DollarTag(at) is { } tag => EndOfText(at + tag.Length, tag),
        ':' when StartsWith(at, "::") => at + 2,
        var first when IsWordStart(first) => EndOfWordOrString(at),
        _ => at + 1,
    };

    /// <summary>Whether nothing but blanks and comments begins at a place.</summary>
    public bool IsBlank(int at) => char.IsWhiteSpace(sql[at]) || StartsWith(at, "--") || StartsWith(at, "/*") || (dialect.HasSlashComments && StartsWith(at, "//"));

    /// <summary>The word after a colon; null when the colon is something else: a cast, a slice, a path into JSON.</summary>
    public string? NameAfterColon(int at)
    {
        var begins = sql[at] == ':' && at + 1 < sql.Length && IsWordStart(sql[at + 1]);
        return begins && (at == 0 || !EndsOperand(sql[at - 1])) ? sql[(at + 1)..EndOfWord(at + 1)] : null;
    }

    /// <summary>Whether a parameter in the database's own spelling begins at a place.</summary>
    public bool IsPlaceholder(int at) => sql[at] == dialect.PlaceholderSign
        && dialect.PlaceholderSign switch
        {
            '?' => true,
            '$' => at + 1 < sql.Length && char.IsAsciiDigit(sql[at + 1]),
            _ => at + 1 < sql.Length && IsWordPart(sql[at + 1]),
        };

    public string Word(int at) => IsWordStart(sql[at]) ? sql[at..EndOfWord(at)] : "";

    private static bool IsWordStart(char letter) => char.IsLetter(letter) || letter == '_';

    private static bool IsWordPart(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$';

    private static bool EndsOperand(char letter) => IsWordPart(letter) || letter is '"' or '\'' or ']' or ')' or ':';

    private int EndOfWord(int at)
    {
        while (at < sql.Length && IsWordPart(sql[at]))
        {
            at++;
        }

        return at;
    }

    private int? EndOfWordOrString(int at)
    {
        var end = EndOfWord(at);
        var isEscapeString = dialect.HasEscapeStrings && end == at + 1 && sql[at] is 'e' or 'E' && StartsWith(end, "'");
        return isEscapeString ? EndOfString(end, hasBackslashes: true) : end;
    }

    private int? EndOfString(int at, bool hasBackslashes)
    {
        for (var next = at + 1; next < sql.Length; next++)
        {
            if (sql[next] == '\\' && hasBackslashes)
            {
                next++;
            }
            else if (sql[next] == '\'' && !StartsWith(++next, "'"))
            {
                return next;
            }
        }

        return null;
    }

    private int? EndOfQuoted(int at, char quote)
    {
        for (var next = at + 1; next < sql.Length; next++)
        {
            if (sql[next] == quote && (++next >= sql.Length || sql[next] != quote))
            {
                return next;
            }
        }

        return null;
    }

    private int EndOfLine(int at) => sql.AsSpan(at).IndexOfAny('\r', '\n') is var length and >= 0 ? at + length + 1 : sql.Length;

    private int? EndOfComment(int at)
    {
        var depth = 0;
        for (var next = at; next + 1 < sql.Length; next++)
        {
            if (StartsWith(next, "/*") && (depth == 0 || dialect.NestsComments))
            {
                depth++;
                next++;
            }
            else if (StartsWith(next, "*/") && --depth == 0)
            {
                return next + 2;
            }
            else if (StartsWith(next, "*/"))
            {
                next++;
            }
        }

        return null;
    }

    private int? EndOfText(int at, string end) => sql.IndexOf(end, at, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : null;

    private string? DollarTag(int at)
    {
        var end = at + 1;
        while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
        {
            end++;
        }

        var isTag = end < sql.Length && sql[end] == '$' && !char.IsAsciiDigit(sql[at + 1]);
        return isTag ? sql[at..(end + 1)] : null;
    }

    private bool StartsWith(int at, string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;
}
