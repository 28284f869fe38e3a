using System.Text.Json;

namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>A call of the HTTP API that somebody is told to make, with <c>curl</c> or with the runbook's function <c>api</c> around it.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Path">Below <c>/api</c>.</param>
/// <param name="Query">Names of parameters.</param>
/// <param name="Body">What is sent; null for nothing.</param>
internal sealed record HttpCall(string Method, string Path, IReadOnlyList<string> Query, string? Body)
{
    private const string Api = "/api/";

    /// <summary>Options of curl that the pages use and that are followed by a value.</summary>
    private static readonly string[] WithValue = ["-H", "--header", "-o", "--output", "--config", "--url", "-u", "--user", "--retry", "--max-time"];

    /// <summary>Null for a call of something else.</summary>
    public static HttpCall? Of(ShellCommand command)
    {
        string? method = null, body = null, address = null;
        for (var at = 1; at < command.Words.Count; at++)
        {
            var word = command.Words[at];
            var value = at + 1 < command.Words.Count ? command.Words[at + 1] : "";
            switch (word)
            {
                case "-X" or "--request":
                    (method, at) = (value, at + 1);
                    break;
                case "-d" or "--data" or "--data-binary" or "--json":
                    (body, at) = (value, at + 1);
                    break;
                case var _ when WithValue.Contains(word):
                    at++;
                    break;
                case var _ when !word.StartsWith('-') && (command.Program == "api" || word.Contains(Api, StringComparison.Ordinal)):
                    address ??= word;
                    break;
            }
        }

        return address is null || address.StartsWith('$') && !address.Contains(Api, StringComparison.Ordinal) ? null : Of(address, method ?? (body is null ? "GET" : "POST"), body);
    }

    /// <summary>What the description has against it; null for nothing.</summary>
    public string? Problem(JsonElement description)
    {
        var routes = description.GetProperty("paths").EnumerateObject().Where(route => IsOn(route.Name)).ToList();
        if (routes.Count == 0)
        {
            return $"there is no route {Path}";
        }

        var route = routes.MinBy(one => one.Name.Count(letter => letter == '{'));
        if (!route.Value.TryGetProperty(Method.ToLowerInvariant(), out var operation))
        {
            return $"{route.Name} does not know {Method}";
        }

        var known = Parameters(route.Value).Concat(Parameters(operation)).ToList();
        return Query.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? $"{Method} {route.Name} does not know the parameter {unknown}" : BodyProblem(operation, description);
    }

    private static HttpCall Of(string address, string method, string? body)
    {
        var start = address.IndexOf(Api, StringComparison.Ordinal);
        var parts = address[(start < 0 ? 0 : start + Api.Length - 1)..].Split('?', 2);
        return new(method, parts[0], parts.Length == 1 ? [] : [.. parts[1].Split('&').Select(parameter => parameter.Split('=')[0])], body);
    }

    private bool IsOn(string route)
    {
        var (ours, theirs) = (Path.Trim('/').Split('/'), route.Trim('/').Split('/'));
        return ours.Length == theirs.Length && ours.Zip(theirs).All(pair => pair.Second.StartsWith('{') ? pair.First.Length > 0 : pair.First == pair.Second);
    }

    private static IEnumerable<string> Parameters(JsonElement place) =>
        place.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(parameter => parameter.TryGetProperty("name", out _)).Select(parameter => parameter.GetProperty("name").GetString()!)
            : [];

    /// <summary>Members of a body that its schema does not have.</summary>
    private string? BodyProblem(JsonElement operation, JsonElement description)
    {
        if (Body is null || Body.StartsWith('@') || SchemaOf(operation, description) is not { } properties)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !properties.TryGetProperty(name, out _)) is { } unknown
                ? $"{Method} {Path} does not know '{unknown}' in its body"
                : null;
        }
        catch (JsonException)
        {
            return $"the body of {Method} {Path} is no JSON: {Body}";
        }
    }

    private static JsonElement? SchemaOf(JsonElement operation, JsonElement description) =>
        operation.TryGetProperty("requestBody", out var body)
        && body.GetProperty("content").TryGetProperty("application/json", out var content)
        && content.GetProperty("schema").TryGetProperty("$ref", out var reference)
        && description.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]).TryGetProperty("properties", out var properties)
            ? properties
            : null;
}
