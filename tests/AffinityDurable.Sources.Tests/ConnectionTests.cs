using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Sources.Tests;

/// <summary>Connections are named in definitions and set outside of them.</summary>
public sealed class ConnectionTests
{
    private const string Secret = "kanariesecret";

    [Fact]
    public void A_connection_gives_what_the_settings_say()
    {
        var connection = Of(("Connections:warehouse:Host", " db.example.com "), ("Connections:warehouse:Password", Secret)).Get("warehouse");

        Assert.Equal(("warehouse", "db.example.com", Secret), (connection.Name, connection.Require("Host"), connection.RequireSecret("Password")));
        Assert.Null(connection.Find("Port"));
        Assert.Null(connection.FindSecret("Token"));
    }

    [Fact]
    public void An_unknown_connection_says_where_to_set_it()
    {
        var problem = Problem(() => Of(("Connections:warehouse:Host", "x")).Get("warehuose"));

        Assert.Equal("AFF290", problem.Code);
        Assert.Contains("Connections__warehuose__Key", problem.Cure, StringComparison.Ordinal);
        Assert.Equal("AFF290", Problem(() => new SourceConnections().Get("warehouse")).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void A_key_that_is_not_set_is_named(string? value)
    {
        var connection = Of(("Connections:warehouse:Host", "x"), ("Connections:warehouse:Password", value)).Get("warehouse");

        var problem = Problem(() => connection.RequireSecret("Password"));

        Assert.Equal("AFF291", problem.Code);
        Assert.Contains("Connections__warehouse__Password", problem.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_settings_file_is_refused_without_repeating_it()
    {
        using var folder = new TempFolder();
        var path = folder.Write("appsettings.json", $$"""{ "Connections": { "warehouse": { "Host": "x", "Password": "{{Secret}}" } } }""");
        var connection = new SourceConnections(new ConfigurationBuilder().AddJsonFile(path).Build()).Get("warehouse");

        var problem = Problem(() => connection.RequireSecret("Password"));

        Assert.Equal("x", connection.Require("Host"));
        Assert.Equal("AFF292", problem.Code);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_goes_before_a_settings_file()
    {
        using var folder = new TempFolder();
        var path = folder.Write("appsettings.json", """{ "Connections": { "warehouse": { "Password": "from a file" } } }""");
        var settings = new ConfigurationBuilder().AddJsonFile(path).AddInMemoryCollection([KeyValuePair.Create("Connections:warehouse:Password", (string?)Secret)]).Build();

        Assert.Equal(Secret, new SourceConnections(settings).Get("warehouse").RequireSecret("Password"));
    }

    private static Problem Problem(Action act) => Assert.Single(Assert.Throws<ProblemException>(act).Problems);

    private static SourceConnections Of(params (string Key, string? Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build());
}
