using System.Net;
using AffinityDurable.Simulator.Model;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Cli.Commands;

/// <summary>The one key of a simulated account, where the environment gives it. Never an argument: those are seen by whoever lists processes.</summary>
internal static class SimulatorKey
{
    public const string Variable = "Simulator__ApiKey";
    private const int Shortest = 32;

    /// <summary>The key, or null where the account keeps its own.</summary>
    /// <exception cref="OptionsValidationException">Other machines may come, and there is no key that only they know who should.</exception>
    public static string? For(IPAddress listen)
    {
        var key = Environment.GetEnvironmentVariable(Variable);
        if (!IPAddress.IsLoopback(listen) && key is not { Length: >= Shortest })
        {
            throw new OptionsValidationException(Variable, typeof(SimulatorCommand), [
                $"'{listen}' can be reached from other machines, so {Variable} in the environment has to be a key of at least {Shortest} characters; the usual one is known to everybody.",
            ]);
        }

        return string.IsNullOrEmpty(key) ? null : key;
    }

    /// <summary>Makes it the only key of the account, that of its first user.</summary>
    public static void Give(Tenant tenant, string key)
    {
        var keys = tenant.ApiKeys;
        foreach (var known in keys)
        {
            tenant.RevokeApiKey(known.Secret);
        }

        tenant.AddApiKey(key, keys.First().User);
    }
}
