using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Names everything that is wrong with the settings of the access; with any of it the host does not start.</summary>
internal sealed class AccessOptionsValidator(IConfiguration configuration) : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> problems = [.. Problems(options).Select(problem => problem.ToString())];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<Problem> Problems(AccessOptions options) =>
        LoopbackProblems(options).Concat(options.Keys.SelectMany(key => KeyProblems(key.Key, key.Value))).Concat(TwiceTheSame(options.Keys)).Concat(EntraProblems(options)).Concat(PubSubProblems(options.PubSub));

    /// <summary>On Azure every request comes to the worker from its own machine.</summary>
    private IEnumerable<Problem> LoopbackProblems(AccessOptions options)
    {
        if (options.TrustLoopback && StoreSettings.IsOnAzure(configuration))
        {
            yield return Unusable("Access__TrustLoopback is true on Azure, where it would trust everybody.");
        }
    }

    private static IEnumerable<Problem> KeyProblems(string name, ApiKeyOptions key)
    {
        if (!ApiKey.IsName(name))
        {
            yield return Unusable($"'{name}' in Access__Keys is not the name of a key: 1 to 40 letters and digits, the first a letter.");
        }

        if (key.Hash is null || ApiKey.BytesOf(key.Hash) is null)
        {
            yield return Unusable($"Access__Keys__{name}__Hash is not the hash of a key.");
        }

        if (ApiKey.RoleOf(key.Role) is null)
        {
            yield return string.Equals(key.Role, nameof(Role.Approver), StringComparison.OrdinalIgnoreCase)
                ? Problem.Of(AccessErrors.KeyCannotApprove, $"Access__Keys__{name}__Role is approver.")
                : Unusable($"Access__Keys__{name}__Role is neither reader nor operator.");
        }
    }

    /// <summary>Who calls has one name.</summary>
    private static IEnumerable<Problem> TwiceTheSame(IDictionary<string, ApiKeyOptions> keys) =>
        keys.Where(key => key.Value.Hash is not null)
            .GroupBy(key => key.Value.Hash!, key => key.Key, StringComparer.OrdinalIgnoreCase)
            .Where(names => names.Count() > 1)
            .Select(names => Unusable($"The keys {string.Join(" and ", names.Order(StringComparer.OrdinalIgnoreCase))} in Access__Keys have the same hash."));

    private static IEnumerable<Problem> EntraProblems(AccessOptions options)
    {
        if (options.Entra.Enabled && options.Roles.Reader.Concat(options.Roles.Operator).Concat(options.Roles.Approver).All(string.IsNullOrWhiteSpace))
        {
            yield return Unusable("Access__Entra__Enabled is true and Access__Roles gives nobody a role.");
        }
    }

    private static IEnumerable<Problem> PubSubProblems(PubSubOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Audience) == options.Accounts.Any())
        {
            yield return Unusable("Access__PubSub__Audience and Access__PubSub__ServiceAccounts are only of use together.");
        }

        if (options.Accounts.Any(account => !account.Contains('@', StringComparison.Ordinal)))
        {
            yield return Unusable("Access__PubSub__ServiceAccounts has something that is no e-mail address.");
        }

        // Who can change the keys on their way can sign tokens.
        if (options.KeysUri is not { IsAbsoluteUri: true } address || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            yield return Unusable("Access__PubSub__KeysUri is no https address.");
        }
    }

    private static Problem Unusable(string message) => Problem.Of(AccessErrors.SettingsUnusable, message);
}
