using System.Globalization;
using System.Reflection;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Webhooks;
using AffinityDurable.Functions.Triggers.Pushing;
using AffinityDurable.Sources;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>docs/settings.md has every setting with its default.</summary>
public sealed class SettingTests
{
    /// <summary>Settings that no options class holds.</summary>
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["Affinity__ApiKey"] = "none",
        ["Writes__Enabled"] = "true",
        ["KeyVault__Uri"] = "none",
        ["Arrivals__Queue"] = "arrivals",
        ["Arrivals__Folders__0"] = "none",
        ["ArrivalsStorage"] = "none",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "none",
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "none",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "none",
        ["Definitions__Directory"] = "syncs",
        ["Definitions__BlobUri"] = "none",
        ["Environment__Name"] = "none",
        ["Stores__Directory"] = ".affinity-durable",
        ["Stores__BlobUri"] = "none",
    };

    private static readonly Dictionary<string, string> Rows = Repository.File("docs/settings.md").Text.Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1].Trim('`'), cells => cells[2], StringComparer.Ordinal);

    [Fact]
    public void The_page_has_every_setting_and_no_other()
    {
        Assert.Equal(Expected().Select(setting => setting.Name).Order(StringComparer.Ordinal), Rows.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Defaults_on_the_page_are_those_of_the_program()
    {
        Assert.All(Expected().Where(setting => setting.Default is not null), setting => Assert.Equal($"{setting.Name} {setting.Default}", $"{setting.Name} {Rows[setting.Name].Trim('`')}"));
    }

    [Fact]
    public void Stores_and_definitions_have_the_default_that_the_registration_gives_them()
    {
        var registration = Repository.File("src/AffinityDurable.Functions/Storage/StoreSettings.cs").Text;

        Assert.Contains("settings[\"Definitions:Directory\"] ?? \"syncs\"", registration, StringComparison.Ordinal);
        Assert.Contains("settings[\"Stores:Directory\"] ?? \".affinity-durable\"", registration, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string? Default)> Expected() =>
        Others.Select(setting => (setting.Key, (string?)setting.Value))
            .Concat(Of("Affinity", new AffinityOptions()).Where(setting => setting.Name != "Affinity__WritesEnabled"))
            .Concat(Of("Sources", new SourceOptions()))
            .Concat(Of("Push", new PushOptions()))
            .Concat(Of("Stores", new BlobStoreOptions()))
            .Concat(Of("Webhooks__Affinity", new WebhookOptions()))
            .Concat(Of("Access", new AccessOptions()));

    private static IEnumerable<(string Name, string? Default)> Of(string section, object options) =>
        options.GetType().GetProperties().SelectMany(property => Of($"{section}__{property.Name}", property, property.GetValue(options)));

    /// <summary>Sections within sections, and those that have a name of their own.</summary>
    private static IEnumerable<(string Name, string? Default)> Of(string name, PropertyInfo property, object? value) =>
        property.PropertyType == typeof(IDictionary<string, ApiKeyOptions>) ? Of($"{name}__<name>", new ApiKeyOptions())
        : property.PropertyType.Namespace == typeof(AccessOptions).Namespace ? Of(name, value!)
        : [($"{name}{Item(property)}", Text(property, value))];

    private static string Item(PropertyInfo property) => property.PropertyType == typeof(IList<string>) ? "__0" : "";

    /// <summary>Null for what the page has to say in words.</summary>
    private static string? Text(PropertyInfo property, object? value) => value switch
    {
        null when property.DeclaringType!.Namespace == typeof(AccessOptions).Namespace => "none",
        null or IList<string> => null,
        int when property.Name == nameof(SourceOptions.Threads) => null,
        Uri uri => uri.OriginalString,
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
