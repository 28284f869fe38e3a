using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>A template expression of Azure Pipelines, as far as ours use them; any other is an error.</summary>
/// <param name="values">What names stand for: <c>parameters.x</c>, <c>variables['x']</c>, the variable of a loop.</param>
internal sealed partial class Expression(IReadOnlyDictionary<string, JsonNode?> values)
{
    /// <exception cref="FormatException">It is not understood, or names what is not there.</exception>
    public JsonNode? Evaluate(string text)
    {
        var tokens = Token().Matches(text).Select(match => match.Value.Trim()).Where(token => token.Length > 0).ToList();
        if (string.Concat(tokens) != Spaces().Replace(text, "") && !text.Contains('\'', StringComparison.Ordinal))
        {
            throw new FormatException($"'{text}' is not understood.");
        }

        var position = 0;
        var value = Value(tokens, ref position);
        return position == tokens.Count ? value : throw new FormatException($"'{text}' goes on after its end.");
    }

    public bool IsTrue(string text) => Text(Evaluate(text)) == "true";

    private JsonNode? Value(List<string> tokens, ref int position)
    {
        var token = position < tokens.Count ? tokens[position++] : throw new FormatException("An expression ends too early.");
        if (token[0] == '\'')
        {
            return JsonValue.Create(token[1..^1]);
        }

        if (position < tokens.Count && tokens[position] == "(")
        {
            position++;
            return Call(token, Arguments(tokens, ref position));
        }

        return token is "true" or "false" ? JsonValue.Create(token)
            : values.TryGetValue(token, out var value) ? value?.DeepClone()
            : throw new FormatException($"There is no '{token}' here.");
    }

    private List<JsonNode?> Arguments(List<string> tokens, ref int position)
    {
        var arguments = new List<JsonNode?>();
        while (tokens[position] != ")")
        {
            arguments.Add(Value(tokens, ref position));
            if (tokens[position] == ",")
            {
                position++;
            }
        }

        position++;
        return arguments;
    }

    private static JsonNode? Call(string name, List<JsonNode?> arguments) => (name, arguments) switch
    {
        ("eq", [var one, var other]) => Word(Same(one, other)),
        ("ne", [var one, var other]) => Word(!Same(one, other)),
        ("trim", [var one]) => JsonValue.Create(Text(one).Trim()),
        _ => throw new FormatException($"'{name}' with {arguments.Count} arguments is no function that is known here."),
    };

    /// <summary>Texts are compared without regard to case.</summary>
    private static bool Same(JsonNode? one, JsonNode? other) => string.Equals(Text(one), Text(other), StringComparison.OrdinalIgnoreCase);

    private static JsonValue Word(bool value) => JsonValue.Create(value ? "true" : "false");

    private static string Text(JsonNode? value) => value is JsonValue text ? text.GetValue<string>() : value?.ToJsonString() ?? "";

    [GeneratedRegex(@"'[^']*'|[A-Za-z_][A-Za-z0-9_.]*(\['[^']*'\])?|[(),]", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
