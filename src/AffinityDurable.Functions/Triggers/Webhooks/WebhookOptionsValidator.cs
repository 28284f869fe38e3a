using AffinityDurable.Core.Errors;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>Names everything that is wrong with the settings of the webhook; with any of it the host does not start.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    private static readonly TimeSpan LongestDebounce = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var problems = Problems(options).Select(message => Problem.Of(EventErrors.WebhookSettingsUnusable, message).ToString()).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(WebhookOptions options)
    {
        if (options.Token is { } token && !WebhookToken.IsSound(token))
        {
            yield return "Webhooks__Affinity__Token is too short, or has other characters than letters, digits, '-' and '_'.";
        }

        if (options.PreviousToken is { } previous && !WebhookToken.IsSound(previous))
        {
            yield return "Webhooks__Affinity__PreviousToken is too short, or has other characters than letters, digits, '-' and '_'.";
        }

        if (string.IsNullOrEmpty(options.SignatureKey) != string.IsNullOrEmpty(options.SignatureHeader))
        {
            yield return "Webhooks__Affinity__SignatureKey and Webhooks__Affinity__SignatureHeader are only of use together.";
        }

        if (options.Debounce < TimeSpan.Zero || options.Debounce > LongestDebounce)
        {
            yield return $"Webhooks__Affinity__Debounce is {options.Debounce}; it can be from 0 to {LongestDebounce}.";
        }
    }
}
