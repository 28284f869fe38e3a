namespace AffinityDurable.Core.Errors;

/// <summary>One thing that is wrong with an input (a definition, a setting, a request), ready to be shown.</summary>
/// <param name="Code">Id of the <see cref="ErrorCode"/>.</param>
/// <param name="Message">What is wrong, naming the thing; never a secret.</param>
/// <param name="Cure">What to do about it, in this case.</param>
/// <param name="File">The file, where it comes from one.</param>
/// <param name="Line">One-based line, where known.</param>
public sealed record Problem(string Code, string Message, string Cure, string? File = null, int? Line = null)
{
    public static Problem Of(ErrorCode code, string message, string? cure = null, string? file = null, int? line = null) =>
        new(code.Id, message, cure ?? code.Cure, file, line);

    public override string ToString()
    {
        var place = File is null ? "" : Line is null ? $"{File}: " : $"{File}({Line}): ";
        return $"{place}{Code} {Message} {Cure}";
    }
}
