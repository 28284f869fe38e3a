using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>Requests in a file as editors send them: variables, named requests, and what an earlier answer said.</summary>
internal sealed partial class HttpFile
{
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (HttpResponseMessage Answer, string Body)> answers = new(StringComparer.Ordinal);

    private HttpFile(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split("\n### ");
        foreach (Match variable in Variable().Matches(parts[0]))
        {
            variables[variable.Groups["name"].Value] = variable.Groups["value"].Value;
        }

        Requests = [.. parts.Skip(1).Select(HttpFileRequest.Parse)];
    }

    public IReadOnlyList<HttpFileRequest> Requests { get; }

    public static HttpFile Read(string path) => new(File.ReadAllText(path));

    public void Set(string variable, string value)
    {
        Assert.True(variables.ContainsKey(variable), $"The file has no variable '{variable}'.");
        variables[variable] = value;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpFileRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Verb), Fill(request.Url));
        if (request.Body.Length > 0)
        {
            message.Content = new StringContent(Fill(request.Body), Encoding.UTF8);
        }

        foreach (var (name, value) in request.Headers)
        {
            if (name == "Content-Type")
            {
                message.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                Assert.True(message.Headers.TryAddWithoutValidation(name, Fill(value)));
            }
        }

        var answer = await http.SendAsync(message);
        if (request.Name is { } known)
        {
            answers[known] = (answer, await answer.Content.ReadAsStringAsync());
        }

        return answer;
    }

    private string Fill(string text) => Placeholder().Replace(text, match => ValueOf(match.Groups["name"].Value));

    private string ValueOf(string placeholder)
    {
        if (placeholder.Split(".response.") is not [var request, var what])
        {
            return variables[placeholder];
        }

        var (answer, body) = answers[request];
        return what.Split('.', 2) is ["headers", var header]
            ? answer.Headers.GetValues(header).Single()
            : what.Split('.').Skip(2).Aggregate(JsonSerializer.Deserialize<JsonElement>(body), (at, name) => at.GetProperty(name)).GetString()!;
    }

    [GeneratedRegex(@"^@(?<name>\w+) = (?<value>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{(?<name>[^}]+)\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}

/// <summary>One request of the file.</summary>
/// <param name="Title">What it is for, with the status of its answer.</param>
/// <param name="Status">That status.</param>
/// <param name="Name">What other requests call it; null where none does.</param>
/// <param name="Verb">The verb.</param>
/// <param name="Url">The address, with variables.</param>
/// <param name="Headers">Headers, with variables.</param>
/// <param name="Body">The body, with variables; empty for none.</param>
internal sealed record HttpFileRequest(string Title, int Status, string? Name, string Verb, string Url, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    private const string NameMark = "# @name ";

    public static HttpFileRequest Parse(string part)
    {
        var lines = part.TrimEnd().Split('\n');
        var name = lines.FirstOrDefault(line => line.StartsWith(NameMark, StringComparison.Ordinal))?[NameMark.Length..];
        var rest = lines.Skip(1).SkipWhile(line => line.StartsWith('#')).ToList();
        var head = rest.TakeWhile(line => line.Length > 0).ToList();
        return new HttpFileRequest(
            lines[0],
            int.Parse(lines[0].Split(": ")[^1], System.Globalization.CultureInfo.InvariantCulture),
            name,
            head[0].Split(' ')[0],
            head[0].Split(' ')[1],
            [.. head.Skip(1).Select(line => line.Split(": ", 2)).Select(header => (header[0], header[1]))],
            string.Join('\n', rest.Skip(head.Count + 1)));
    }
}
