using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Functions.Triggers.Requests;

/// <summary>Reads the JSON object of a request; an empty body is an empty object. Whatever is wrong becomes a problem, all at once.</summary>
internal sealed class RequestBody
{
    private const int MostBytes = 1 << 20;
    private const int MostItems = 10_000;
    private const int LongestText = 1000;

    private readonly List<Problem> problems = [];
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly List<string> asked = [];

    private RequestBody()
    {
    }

    /// <summary>All that is wrong with the body. Members that nobody asked for are; so ask for all of them first.</summary>
    public IReadOnlyList<Problem> Problems => [.. problems, .. members.Keys.Except(asked).Select(Unknown)];

    /// <summary>Reads the body of a request that has no query: what stands there by mistake must not be overlooked.</summary>
    /// <exception cref="ProblemException">The body is larger than a megabyte (AFF747).</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(request.Body, cancellationToken);
        foreach (var problem in new RequestQuery(request.Query).Problems)
        {
            body.problems.Add(problem);
        }

        return body;
    }

    /// <exception cref="ProblemException">The body is larger than a megabyte (AFF747).</exception>
    public static async Task<RequestBody> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var body = new RequestBody();
        var bytes = await ReadCappedAsync(stream, cancellationToken);
        if (bytes.Length > 0)
        {
            body.Parse(bytes);
        }

        return body;
    }

    public void Report(string message) => problems.Add(Problem.Of(HostErrors.BadRequest, message));

    public string? Text(string name, bool required = false)
    {
        if (Member(name) is not { } value)
        {
            if (required)
            {
                Report($"'{name}' is missing.");
            }

            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 and <= LongestText } text)
        {
            return text;
        }

        Report($"'{name}' is a text of 1 to {LongestText} characters.");
        return null;
    }

    public bool Flag(string name)
    {
        var value = Member(name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Report($"'{name}' is true or false.");
        }

        return value is { ValueKind: JsonValueKind.True };
    }

    public int? Integer(string name, int min, int max)
    {
        if (Member(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Report($"'{name}' is a whole number from {min} to {max}.");
        return null;
    }

    public long? Id(string name)
    {
        if (Member(name) is not { } value)
        {
            return null;
        }

        if (IsId(value))
        {
            return value.GetInt64();
        }

        Report($"'{name}' is an id.");
        return null;
    }

    /// <summary>One of some words; the first when the member is not there.</summary>
    public string Word(string name, params IReadOnlyList<string> words)
    {
        if (Member(name) is not { } value)
        {
            return words[0];
        }

        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()))
        {
            return value.GetString()!;
        }

        Report($"'{name}' is {string.Join(" or ", words.Select(word => $"'{word}'"))}.");
        return words[0];
    }

    public IReadOnlyList<long>? Ids(string name) => Items(name, IsId, value => value.GetInt64(), "ids of list entries");

    public IReadOnlyList<string>? Domains(string name) => Items(name, IsDomain, value => value.GetString()!, "domains");

    public IReadOnlyList<string>? Texts(string name, string what) => Items(name, IsText, value => value.GetString()!, what);

    private JsonElement? Member(string name)
    {
        asked.Add(name);
        return members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private void Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Report("The body is not a JSON object.");
                return;
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                members[property.Name] = property.Value.Clone();
            }
        }
        catch (JsonException)
        {
            Report("The body is not valid JSON.");
        }
    }

    private List<T>? Items<T>(string name, Func<JsonElement, bool> isSound, Func<JsonElement, T> read, string what)
    {
        if (Member(name) is not { } array)
        {
            return null;
        }

        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() is 0 or > MostItems || !array.EnumerateArray().All(isSound))
        {
            Report($"'{name}' is an array of 1 to {MostItems} {what}.");
            return null;
        }

        return [.. array.EnumerateArray().Select(read)];
    }

    private Problem Unknown(string name) => Problem.Of(
        HostErrors.BadRequest,
        $"'{(name.Length <= 40 ? name : name[..40])}' is not known here; {string.Join(", ", asked.Select(known => $"'{known}'"))} are.");

    private static bool IsId(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) && id > 0;

    private static bool IsDomain(JsonElement value) => IsText(value) && DomainKey.Normalize(value.GetString()!) is not null;

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString());

    private static async Task<byte[]> ReadCappedAsync(Stream stream, CancellationToken cancellationToken) =>
        await CappedBody.ReadAsync(stream, MostBytes, cancellationToken)
        ?? throw new ProblemException(Problem.Of(AccessErrors.BodyTooLarge, $"The body is larger than {MostBytes} bytes."));
}
