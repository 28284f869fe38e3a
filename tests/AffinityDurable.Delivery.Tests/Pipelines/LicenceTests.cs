using System.Security.Cryptography;
using System.Text;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>licences.sh, over made-up packages and over those of this repository.</summary>
public sealed class LicenceTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_package_of_this_repository_has_a_licence_that_is_allowed()
    {
        var report = folder.At("licences.tsv");
        var result = await Script.CallAsync("licences.sh", new Dictionary<string, string>(), "--report", report);
        Assert.True(result.ExitCode == 0, result.ToString());
        var lines = await File.ReadAllLinesAsync(report);
        Assert.Contains("YamlDotNet\t18.1.0\tMIT", lines);
        Assert.DoesNotContain(lines, line => line.EndsWith("\tunknown", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<license type=\"expression\">MIT</license>", true, "")]
    [InlineData("<license type=\"expression\">GPL-3.0-only</license>", false, "GPL-3.0-only is not allowed")]
    [InlineData("<license type=\"expression\">GPL-3.0-only OR MIT</license>", true, "")]
    [InlineData("<license type=\"expression\">MIT AND GPL-3.0-only</license>", false, "MIT AND GPL-3.0-only is not allowed")]
    [InlineData("<license type=\"expression\">MIT AND Apache-2.0</license>", true, "")]
    [InlineData("<license type=\"file\">LICENSE.txt</license>", false, "its licence is a file")]
    [InlineData("<licenseUrl>https://example.com/licence</licenseUrl>", true, "")]
    [InlineData("<licenseUrl>https://example.com/other</licenseUrl>", false, "it names no licence, only the address https://example.com/other")]
    [InlineData("<license type=\"expression\">MIT</license><licenseUrl>https://licenses.nuget.org/MIT</licenseUrl>", true, "")]
    [InlineData("", false, "it names no licence")]
    public async Task A_licence_is_read_as_the_package_states_it(string element, bool isAllowed, string said)
    {
        Package("Some.Package", "1.2.3", element);
        var result = await AuditAsync("""{"allowed":["MIT","Apache-2.0"],"read":[{"package":"Some.Package","url":"https://example.com/licence","licence":"MIT"}]}""");
        Assert.True(result.ExitCode == (isAllowed ? 0 : 1), result.ToString());
        Assert.Contains(isAllowed ? "1 packages, and every licence is allowed." : $"Some.Package 1.2.3: {said}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licence_file_counts_as_what_was_read_in_it_until_its_text_changes()
    {
        Package("Some.Package", "1.2.3", "<license type=\"file\">LICENSE.txt</license>");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("Do as you like.")));
        var rules = $$"""{"allowed":["MIT"],"read":[{"package":"Some.Package","sha256":"{{hash}}","licence":"MIT"}]}""";

        var before = await AuditAsync(rules);
        folder.Write("packages/some.package/1.2.3/LICENSE.txt", "Do as we like.");
        var after = await AuditAsync(rules);

        Assert.True(before.ExitCode == 0, before.ToString());
        Assert.Equal(1, after.ExitCode);
        Assert.Contains("which nobody has read yet", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_is_not_restored_is_not_allowed()
    {
        folder.Write("root/obj/project.assets.json", """{"libraries":{"Some.Package/1.2.3":{"type":"package"},"Ours/1.0.0":{"type":"project"}}}""");
        var result = await AuditAsync("""{"allowed":["MIT"],"read":[]}""");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("it is not in the folder of packages", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_restored_is_a_failure()
    {
        Directory.CreateDirectory(folder.At("root"));
        Assert.Equal(1, (await AuditAsync("""{"allowed":[],"read":[]}""")).ExitCode);
    }

    private void Package(string id, string version, string licence)
    {
        folder.Write("root/obj/project.assets.json", $$$"""{"libraries":{"{{{id}}}/{{{version}}}":{"type":"package"}} }""");
        var package = $"packages/{id.ToLowerInvariant()}/{version}/";
        folder.Write(package + id.ToLowerInvariant() + ".nuspec", $"<package>\r\n  <metadata>\r\n    <id>{id}</id>\r\n    {licence}\r\n  </metadata>\r\n</package>\r\n");
        folder.Write(package + "LICENSE.txt", "Do as you like.");
    }

    private Task<ScriptResult> AuditAsync(string rules) => Script.CallAsync(
        "licences.sh", new Dictionary<string, string> { ["NUGET_PACKAGES"] = folder.At("packages") },
        "--root", folder.At("root"), "--allowed", folder.Write("licences.json", rules));
}
