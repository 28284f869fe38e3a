using Microsoft.Extensions.Options;

namespace AffinityDurable.Core.Affinity;

/// <summary>Names option and value of everything that is wrong.</summary>
internal sealed class AffinityOptionsValidator : IValidateOptions<AffinityOptions>
{
    public ValidateOptionsResult Validate(string? name, AffinityOptions options)
    {
        List<string> problems = [.. Problems(options)];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(AffinityOptions options)
    {
        if (!options.BaseAddress.IsAbsoluteUri || !IsSafe(options.BaseAddress))
        {
            yield return $"Affinity:BaseAddress '{options.BaseAddress}' must be an absolute https address (http only on the loopback address), without user or query.";
        }

        if (options.AttemptTimeout < TimeSpan.FromMilliseconds(1) || options.AttemptTimeout > TimeSpan.FromMinutes(5))
        {
            yield return $"Affinity:AttemptTimeout '{options.AttemptTimeout}' must be from 1 ms to 5 min.";
        }

        if (options.MaxRetries is < 0 or > 3)
        {
            yield return $"Affinity:MaxRetries '{options.MaxRetries}' must be from 0 to 3.";
        }

        if (options.RetryDelay < TimeSpan.Zero || options.RetryDelay > TimeSpan.FromSeconds(2))
        {
            yield return $"Affinity:RetryDelay '{options.RetryDelay}' must be from 0 to 2 s.";
        }

        if (options.MaxRetryDelay < options.RetryDelay || options.MaxRetryDelay > TimeSpan.FromSeconds(5))
        {
            yield return $"Affinity:MaxRetryDelay '{options.MaxRetryDelay}' must be from RetryDelay to 5 s.";
        }

        if (options.MaxAnswerBytes < 1024)
        {
            yield return $"Affinity:MaxAnswerBytes '{options.MaxAnswerBytes}' must be at least 1024.";
        }
    }

    private static bool IsSafe(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0
        && address.Query.Length == 0;
}
