using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>The dated versions of the API, in their order.</summary>
internal enum ApiVersion
{
    V20240101,
    V20260715,
    V20260917,
}

internal static class ApiVersions
{
    public const string Header = "X-Affinity-Api-Version";

    private static readonly string[] Names = ["2024-01-01", "2026-07-15", "2026-09-17"];

    public static string Newest => Names[^1];

    public static IReadOnlyList<string> All => Names;

    public static string WireName(this ApiVersion version) => Names[(int)version];

    /// <summary>Reads the header or, without one, the default of the key; <c>current</c> is the newest.</summary>
    public static bool TryResolve(string? header, string keyDefault, out ApiVersion version)
    {
        var wanted = string.IsNullOrEmpty(header) ? keyDefault : header;
        var index = wanted == "current" ? Names.Length - 1 : Array.IndexOf(Names, wanted);
        version = (ApiVersion)Math.Max(index, 0);
        return index >= 0;
    }

    public static ApiException Unsupported(string? header) =>
        ApiException.Invalid(Header, $"The provided version: '{header}' is not valid.");
}
