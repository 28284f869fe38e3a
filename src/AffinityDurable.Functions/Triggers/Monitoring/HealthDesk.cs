using System.Reflection;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AffinityDurable.Functions.Triggers.Monitoring;

/// <summary>Says whether the host can do its work: to anybody in a word, to readers with all that was looked at.</summary>
public sealed class HealthDesk(IEnumerable<ReadinessCheck> checks)
{
    private static readonly string? Version =
        typeof(HealthDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private readonly List<ReadinessCheck> checks = [.. checks];

    /// <summary>200 where everything is ready, else 503.</summary>
    /// <param name="caller">Who asks; null for somebody unknown.</param>
    public async Task<IActionResult> AnswerAsync(Caller? caller)
    {
        var found = await Task.WhenAll(checks.Select(check => check.AskAsync()));
        var isReady = found.All(check => check.Status == HealthWords.Ready);
        var view = new HealthView(isReady ? HealthWords.Ready : HealthWords.NotReady);
        view = caller?.Role >= Role.Reader ? view with { Version = Version, Checks = found } : view;
        return new JsonResult(view, RunJson.Options) { StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable };
    }
}
