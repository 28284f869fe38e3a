namespace AffinityDurable.Simulator.Validation;

/// <summary>
/// Collects schema violations in the wording of the Ruby gem json_schemer, which two messages seen live match. What <c>param</c> holds for
/// a body error is not known; here it is the JSON pointer, or <c>root</c>.
/// </summary>
internal sealed class SchemaErrors
{
    private List<ApiError>? _errors;

    public void NotOf(string pointer, string kind) => Add(pointer, $"value at {Quoted(pointer)} is not {kind}");

    public void NotConst(string pointer, string expected) => Add(pointer, $"value at {Quoted(pointer)} is not: \"{expected}\"");

    public void NotFormat(string pointer, string format) => Add(pointer, $"value at {Quoted(pointer)} does not match format: {format}");

    public void NoUnionMember(string pointer) => Add(pointer, $"value at {Quoted(pointer)} does not match `discriminator` schema");

    public void Missing(string pointer, IEnumerable<string> keys) =>
        Add(pointer, $"object at {Quoted(pointer)} is missing required properties: {string.Join(", ", keys)}");

    public void Disallowed(string pointer) => Add(pointer, $"object property at {Quoted(pointer)} is a disallowed additional property");

    public void TooManyItems(string pointer, int most) => Add(pointer, $"array size at {Quoted(pointer)} is greater than: {most}");

    public void TooFewItems(string pointer, int least) => Add(pointer, $"array size at {Quoted(pointer)} is less than: {least}");

    public void TooLong(string pointer, int most) => Add(pointer, $"string length at {Quoted(pointer)} is greater than: {most}");

    public void TooShort(string pointer, int least) => Add(pointer, $"string length at {Quoted(pointer)} is less than: {least}");

    public void NotOneOf(string pointer, IEnumerable<string?> values) =>
        Add(pointer, $"value at {Quoted(pointer)} is not one of: [{string.Join(", ", values.Select(value => value is null ? "null" : $"\"{value}\""))}]");

    public void TooSmall(string pointer, long least) => Add(pointer, $"number at {Quoted(pointer)} is less than: {least}");

    public void TooLarge(string pointer, long most) => Add(pointer, $"number at {Quoted(pointer)} is greater than: {most}");

    /// <summary>A violation that no schema states.</summary>
    public void Other(string pointer, string message) => Add(pointer, message);

    /// <exception cref="ApiException">There were violations: 400 with all of them.</exception>
    public void ThrowIfAny()
    {
        if (_errors is { } errors)
        {
            throw new ApiException(400, errors);
        }
    }

    private static string Quoted(string pointer) => pointer.Length == 0 ? "root" : $"`{pointer}`";

    private void Add(string pointer, string message) =>
        (_errors ??= []).Add(ApiError.Validation(pointer.Length == 0 ? "root" : pointer, message));
}
