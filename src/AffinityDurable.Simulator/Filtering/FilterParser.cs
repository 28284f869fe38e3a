using System.Text;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Filtering;

/// <summary>
/// Reads the filter language: <c>&amp;</c> before <c>|</c>, <c>!</c> and parentheses, spaces without meaning except in double quotes,
/// special characters escaped with a backslash. Between quotes only the quote and the backslash need it here.
/// </summary>
internal ref struct FilterParser
{
    private const string Special = "\\*~!&=><$^|\"')(][/";
    private const int DeepestNesting = 50;

    private static readonly (string Sign, FilterOperators Operator)[] Comparisons =
    [
        ("=^", FilterOperators.StartsWith), ("=$", FilterOperators.EndsWith), ("=~", FilterOperators.Contains),
        ("=", FilterOperators.Equal), (">=", FilterOperators.GreaterOrEqual), (">", FilterOperators.Greater),
        ("<=", FilterOperators.LessOrEqual), ("<", FilterOperators.Less),
    ];

    private ReadOnlySpan<char> _rest;
    private int _depth;

    private FilterParser(ReadOnlySpan<char> text) => _rest = text;

    /// <exception cref="ApiException">400: the text is no filter.</exception>
    public static FilterExpression Parse(string text)
    {
        var parser = new FilterParser(text);
        var expression = parser.ReadAny();
        return parser.SkipSpaces() ? throw Illegal($"'{parser._rest}' is not expected.") : expression;
    }

    public static ApiException Illegal(string reason) => ApiException.Invalid("filter", $"The filter is not valid: {reason}");

    private FilterExpression ReadAny()
    {
        var parts = new List<FilterExpression> { ReadAll() };
        while (Take('|'))
        {
            parts.Add(ReadAll());
        }

        return parts.Count == 1 ? parts[0] : new FilterExpression.Any(parts);
    }

    private FilterExpression ReadAll()
    {
        var parts = new List<FilterExpression> { ReadPart() };
        while (Take('&'))
        {
            parts.Add(ReadPart());
        }

        return parts.Count == 1 ? parts[0] : new FilterExpression.All(parts);
    }

    private FilterExpression ReadPart()
    {
        if (++_depth > DeepestNesting)
        {
            throw Illegal("it is nested too deeply.");
        }

        var part = Take('!') ? new FilterExpression.Not(ReadPart())
            : Take('(') ? ReadGroup()
            : ReadComparison();
        _depth--;
        return part;
    }

    private FilterExpression ReadGroup()
    {
        var group = ReadAny();
        return Take(')') ? group : throw Illegal("a parenthesis is not closed.");
    }

    private FilterExpression ReadComparison()
    {
        SkipSpaces();
        var property = ReadWord();
        if (property.Length == 0)
        {
            throw Illegal("a property is missing.");
        }

        SkipSpaces();
        var isNegated = _rest.StartsWith("!=") && Take('!');
        var comparison = ReadOperation(property);
        return isNegated ? new FilterExpression.Not(comparison) : comparison;
    }

    private FilterExpression ReadOperation(string property)
    {
        foreach (var (sign, comparison) in Comparisons)
        {
            if (_rest.StartsWith(sign))
            {
                _rest = _rest[sign.Length..];
                return comparison == FilterOperators.Equal && Take('*')
                    ? new FilterExpression.Presence(property)
                    : new FilterExpression.Comparison(property, comparison, ReadValue(property));
            }
        }

        throw Illegal($"'{property}' is compared with nothing.");
    }

    private string ReadValue(string property)
    {
        if (Take('"'))
        {
            return ReadQuoted();
        }

        SkipSpaces();
        return ReadWord() is { Length: > 0 } word ? word : throw Illegal($"the value of '{property}' is missing.");
    }

    private string ReadQuoted()
    {
        var text = new StringBuilder();
        while (_rest.Length > 0 && _rest[0] != '"')
        {
            text.Append(ReadCharacter());
        }

        return Take('"') ? text.ToString() : throw Illegal("a quote is not closed.");
    }

    private string ReadWord()
    {
        var text = new StringBuilder();
        while (_rest.Length > 0 && IsOfWord(_rest[0]))
        {
            text.Append(ReadCharacter());
        }

        return text.ToString();
    }

    private static bool IsOfWord(char next) =>
        next == '\\' || !(char.IsWhiteSpace(next) || Special.Contains(next, StringComparison.Ordinal));

    /// <summary>Reads one character, or the one that a backslash escapes.</summary>
    private char ReadCharacter()
    {
        var isEscaped = _rest[0] == '\\' && _rest.Length > 1;
        var character = _rest[isEscaped ? 1 : 0];
        _rest = _rest[(isEscaped ? 2 : 1)..];
        return character;
    }

    /// <summary>Takes a sign that may follow spaces, when it is next.</summary>
    private bool Take(char sign)
    {
        var isNext = SkipSpaces() && _rest[0] == sign;
        if (isNext)
        {
            _rest = _rest[1..];
        }

        return isNext;
    }

    /// <summary>False at the end of the text.</summary>
    private bool SkipSpaces()
    {
        _rest = _rest.TrimStart();
        return _rest.Length > 0;
    }
}
