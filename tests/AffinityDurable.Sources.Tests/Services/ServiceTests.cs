namespace AffinityDurable.Sources.Tests.Services;

public sealed class ServiceTests
{
    private static readonly Service Absent = new("Nothing", "apt-get install nothing", Program: null);

    [Fact]
    public void A_program_on_the_path_is_found() =>
        Assert.True(File.Exists(Programs.OnPath("dotnet")));

    [Fact]
    public void A_program_that_is_nowhere_is_not_found() =>
        Assert.Null(Programs.OnPath("affinity-durable-no-such-program"));

    [Fact]
    public void The_newest_version_of_a_program_is_taken()
    {
        using var folder = new TempFolder();
        folder.Write("9/bin/tool", "");
        folder.Write("15/bin/tool", "");
        folder.Write("16/lib/other", "");

        Assert.Equal(Path.Combine(folder.Path, "15", "bin/tool"), Programs.Newest(folder.Path, "bin/tool"));
    }

    [Fact]
    public void A_service_that_is_not_installed_says_how_to_install_it() =>
        Assert.Contains("apt-get install nothing", Assert.Throws<InvalidOperationException>(Absent.Require).Message, StringComparison.Ordinal);

    [Fact]
    public void Tests_of_a_service_that_is_not_installed_are_skipped_unless_all_services_are_required() =>
        Assert.Equal(Environment.GetEnvironmentVariable(Service.RequiredVariable) == "1", Absent.ReasonToSkip() is null);
}
