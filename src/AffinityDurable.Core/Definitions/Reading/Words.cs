using System.Text.Json;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>Enums as definitions spell them: camelCase, exact.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Of<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static bool TryParse<T>(string word, out T value)
        where T : struct, Enum
    {
        var index = Of<T>().ToList().IndexOf(word);
        value = index < 0 ? default : Enum.GetValues<T>()[index];
        return index >= 0;
    }
}
