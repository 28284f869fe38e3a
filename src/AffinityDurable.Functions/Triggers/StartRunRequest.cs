using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Body of <c>POST /api/syncs/{sync}/runs</c>; an empty body is a run of the whole sync.</summary>
internal sealed class StartRunRequest
{
    private const int MostBytes = 1 << 20;
    private const int MostItems = 10_000;

    private readonly List<Problem> problems = [];

    public RunMode Mode { get; private set; } = RunMode.Apply;

    public IReadOnlyList<long>? Entries { get; private set; }

    public IReadOnlyList<string>? Domains { get; private set; }

    /// <summary>All that is wrong with the body.</summary>
    public IReadOnlyList<Problem> Errors => problems;

    public static async Task<StartRunRequest> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var request = new StartRunRequest();
        var bytes = await ReadCappedAsync(body, cancellationToken);
        if (bytes is null)
        {
            request.Add($"The body is larger than {MostBytes} bytes.");
        }
        else if (bytes.Length > 0)
        {
            request.Parse(bytes);
        }

        return request;
    }

    public RunRequest For(string sync, RunTrigger trigger) => new()
    {
        Sync = sync,
        Mode = Mode,
        Trigger = trigger,
        Entries = Entries,
        Domains = Domains,
    };

    private void Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Add("The body is not a JSON object.");
                return;
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                Take(property);
            }

            if (Entries is not null && Domains is not null)
            {
                Add("Give 'entries' or 'domains', not both.");
            }
        }
        catch (JsonException)
        {
            Add("The body is not valid JSON.");
        }
    }

    private void Take(JsonProperty property)
    {
        switch (property.Name)
        {
            case "mode":
                TakeMode(property.Value);
                break;
            case "entries":
                Entries = Items(property, IsId, value => value.GetInt64(), "ids of list entries");
                break;
            case "domains":
                Domains = Items(property, IsDomain, value => value.GetString()!, "domains");
                break;
            default:
                Add($"'{Shorten(property.Name)}' is not known here; 'mode', 'entries' and 'domains' are.");
                break;
        }
    }

    private void TakeMode(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is not ("plan" or "apply"))
        {
            Add("'mode' is 'plan' or 'apply'.");
        }

        Mode = text == "plan" ? RunMode.Plan : RunMode.Apply;
    }

    private List<T>? Items<T>(JsonProperty property, Func<JsonElement, bool> isSound, Func<JsonElement, T> read, string what)
    {
        var array = property.Value;
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() is 0 or > MostItems || !array.EnumerateArray().All(isSound))
        {
            Add($"'{property.Name}' is an array of 1 to {MostItems} {what}.");
            return null;
        }

        return [.. array.EnumerateArray().Select(read)];
    }

    private static bool IsId(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) && id > 0;

    private static bool IsDomain(JsonElement value) => value.ValueKind == JsonValueKind.String && DomainKey.Normalize(value.GetString()!) is not null;

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40];

    private void Add(string message) => problems.Add(Problem.Of(HostErrors.BadRequest, message));

    private static async Task<byte[]?> ReadCappedAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > MostBytes)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
