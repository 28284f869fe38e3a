namespace AffinityDurable.Sources.Tests.Services;

/// <summary>A program that tests start for themselves, where it is installed.</summary>
/// <param name="Name">As people know it.</param>
/// <param name="Install">How it is installed.</param>
/// <param name="Program">Its path; null when it is not installed.</param>
internal sealed record Service(string Name, string Install, string? Program)
{
    /// <summary>Set to <c>1</c> where all services have to be there: their absence fails tests instead of skipping them.</summary>
    public const string RequiredVariable = "AFFINITYDURABLE_REQUIRE_SERVICES";

    public const string Postgres = "PostgreSQL";
    public const string Azurite = "Azurite";
    public const string Kusto = "The language service of Kusto";
    public const string ShellCheck = "ShellCheck";

    private static readonly Service[] All =
    [
        new(Postgres, "apt-get install postgresql", Programs.Newest("/usr/lib/postgresql", "bin/pg_ctl") ?? Programs.OnPath("pg_ctl")),
        new(Azurite, "npm install -g azurite@3.35.0", Programs.OnPath("azurite")),
        new(Kusto, "npm install -g @kusto/language-service-next@12.4.1", Programs.GlobalModule("@kusto/language-service-next/Kusto.Language.Bridge.js")),
        new(ShellCheck, "apt-get install shellcheck", Programs.OnPath("shellcheck")),
    ];

    public static Service Of(string name) => All.Single(service => service.Name == name);

    /// <summary>Why tests of the service are left out; null when they run, or have to.</summary>
    public string? ReasonToSkip() => Program is null && Environment.GetEnvironmentVariable(RequiredVariable) != "1" ? Missing : null;

    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public string Require() => Program ?? throw new InvalidOperationException(Missing);

    private string Missing => $"{Name} is not installed ({Install}); with {RequiredVariable}=1 that is a failure.";
}
