using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AffinityDurable.Core.Matching;

namespace AffinityDurable.Cli.Commands;

/// <summary>Reads lists and numbers of options.</summary>
internal static class ItemLists
{
    /// <summary>The parser gives an empty array for an option that was not given: that would be a scope without any entry.</summary>
    public static T[]? Given<T>(ParseResult result, Option<T[]?> option) => result.GetResult(option) is null ? null : result.GetValue(option);

    public static long[]? Ids(ArgumentResult result)
    {
        var texts = Items(result);
        foreach (var text in texts.Where(text => !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            result.AddError($"'{text}' is not the id of a list entry.");
        }

        return [.. texts.Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)];
    }

    public static string[]? Domains(ArgumentResult result)
    {
        var texts = Items(result);
        foreach (var text in texts.Where(text => DomainKey.Normalize(text) is null))
        {
            result.AddError($"'{text}' is not a domain.");
        }

        return texts;
    }

    public static string[]? Texts(ArgumentResult result) => Items(result);

    /// <summary>A number of things, from 0.</summary>
    public static int? Count(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count;
        }

        result.AddError($"'{text}' is no number of entries.");
        return null;
    }

    /// <summary>Given once with commas, or several times.</summary>
    private static string[] Items(ArgumentResult result)
    {
        string[] items = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (items.Length == 0)
        {
            result.AddError("Give at least one.");
        }

        return items;
    }
}
