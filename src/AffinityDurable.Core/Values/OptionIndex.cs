using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Values;

/// <summary>Finds options by id and by text: first exactly, then without regard to case; never one of several.</summary>
internal sealed class OptionIndex
{
    private readonly Dictionary<long, string> texts = [];
    private readonly Dictionary<string, List<DropdownOption>> byText = new(StringComparer.OrdinalIgnoreCase);

    public OptionIndex(IReadOnlyList<DropdownOption> options)
    {
        foreach (var option in options)
        {
            texts[option.Id] = option.Text;
            var text = option.Text.Trim();
            if (!byText.TryGetValue(text, out var same))
            {
                byText[text] = same = [];
            }

            same.Add(option);
        }
    }

    /// <summary>The options that the text stands for: none, the one, or all candidates.</summary>
    public IReadOnlyList<DropdownOption> Find(string text)
    {
        if (!byText.TryGetValue(text.Trim(), out var candidates))
        {
            return [];
        }

        var exact = candidates.Where(option => option.Text.Trim() == text.Trim()).ToList();
        return exact.Count == 1 ? exact : candidates;
    }

    public string? Text(long id) => texts.GetValueOrDefault(id);
}
