using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Http.Records;

/// <summary>
/// Turns records into cells: members of nested objects are columns as <c>owner.name</c>, numbers keep their digits, lists are JSON. A member that is
/// an object in one record and a value in another gives a record that is no row, as the feed does not mean the same by it.
/// </summary>
internal sealed class RecordFlattener(RecordColumns columns)
{
    private const int MostCharacters = 1024 * 1024;

    private readonly Dictionary<string, bool> isObject = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string?> cells = [];
    private readonly List<KeyValuePair<string, bool>> forms = [];
    private int characters;

    /// <summary>The cells of the record by the place of their column; valid until the next one.</summary>
    public IReadOnlyDictionary<int, string?> Cells => cells;

    /// <summary>Takes a record apart; null when it is a row, else why it is none.</summary>
    public RecordProblem? Read(JsonElement record)
    {
        cells.Clear();
        forms.Clear();
        characters = 0;
        if (record.ValueKind != JsonValueKind.Object)
        {
            return new RecordProblem(FeedErrors.ShapeChanged, "is no object");
        }

        try
        {
            if (Flatten(record, "") is { } problem)
            {
                return problem;
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which is noticed only when the text is wanted.
            return new RecordProblem(SourceErrors.InvalidUtf8, "holds a text that is no Unicode");
        }

        forms.ForEach(form => isObject[form.Key] = form.Value);
        return null;
    }

    private RecordProblem? Flatten(JsonElement node, string prefix)
    {
        foreach (var member in node.EnumerateObject())
        {
            var problem = Member(member.Value, prefix.Length == 0 ? member.Name : $"{prefix}.{member.Name}");
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private RecordProblem? Member(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            // Says nothing of the form: an object may be missing as a whole.
            columns.SeenBelow(path);
            return isObject.GetValueOrDefault(path) ? null : Cell(path, null);
        }

        var nested = value.ValueKind == JsonValueKind.Object;
        if (isObject.TryGetValue(path, out var known) && known != nested)
        {
            return new RecordProblem(FeedErrors.ShapeChanged, nested ? $"has an object as '{path}', a value before" : $"has a value as '{path}', an object before");
        }

        forms.Add(KeyValuePair.Create(path, nested));
        if (!nested)
        {
            return Cell(path, TextOf(value));
        }

        return columns.IsGiven(path)
            ? new RecordProblem(FeedErrors.ShapeChanged, $"has an object as '{path}', which is a column")
            : Flatten(value, path);
    }

    private RecordProblem? Cell(string path, string? text)
    {
        var place = columns.Find(path);
        if (place < 0)
        {
            return null;
        }

        characters += text?.Length ?? 0;
        return !cells.TryAdd(place, text) ? new RecordProblem(FeedErrors.ShapeChanged, $"has '{path}' twice")
            : characters > MostCharacters ? new RecordProblem(SourceErrors.RecordTooLong, "is longer than 1 MB")
            : text?.Contains('\0', StringComparison.Ordinal) == true ? new RecordProblem(SourceErrors.NulByte, $"has a NUL character in '{path}'")
            : null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim() is { Length: > 0 } text ? text : null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}

/// <summary>Why a record is no row.</summary>
/// <param name="Code">The code.</param>
/// <param name="Reason">Continues a sentence about the record; never a value.</param>
internal sealed record RecordProblem(ErrorCode Code, string Reason);
