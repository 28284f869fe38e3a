using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>No secret stands in the pipeline, and none is printed by it.</summary>
public sealed partial class SecrecyTests
{
    public static TheoryData<string> Files => [.. Repository.Paths("eng/pipelines", "*"), "azure-pipelines.yml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_holds_or_prints_a_secret(string path) => Assert.Empty(Problems(Repository.Text(path)));

    [Theory]
    [InlineData("  AZURE_STORAGE: DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu==")]
    [InlineData("  connection: Endpoint=sb://a;SharedAccessKey=abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("key=adk_4X9hGziJpzTT_Ra8tGhCU-THkxx5469z_VWu36GqHxA")]
    [InlineData("  clientSecret: Q8~8abcdefghijklmnop.qrstuvw")]
    [InlineData("  PASSWORD: hunter2hunter2")]
    [InlineData("export API_TOKEN=0123456789abcdef")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0")]
    [InlineData("curl https://a.blob.core.windows.net/c?sv=2024&sig=abcdefghijklmnopqrstuvwxyz%3D")]
    [InlineData("  - bash: ./run.sh $(affinitySecret)")]
    [InlineData("  - bash: ./run.sh --key $(apiKey)")]
    [InlineData("echo \"The key is $key\"")]
    [InlineData("say \"$password\"")]
    [InlineData("printf '%s' \"${api_token}\"")]
    [InlineData("set -x")]
    [InlineData("  addSpnToEnvironment: true")]
    [InlineData("  servicePrincipalKey: $(spn)")]
    [InlineData("az keyvault secret show --name a --query value; echo done")]
    [InlineData("curl --header \"X-Api-Key: $key\" https://a")]
    public void A_secret_that_is_held_or_printed_is_found(string line) => Assert.NotEmpty(Problems($"first: line\n{line}\nlast: line\n"));

    [Theory]
    [InlineData("key=$(az keyvault secret show --vault-name a --name pipeline-api-key --query value --output tsv)")]
    [InlineData("printf 'header = \"X-Api-Key: %s\"\\n' \"$key\" | curl --config - https://a")]
    [InlineData("  key: nuget | \"$(Agent.OS)\" | Directory.Packages.props")]
    public void What_keeps_a_secret_is_not(string line) => Assert.Empty(Problems(line));

    private static IEnumerable<string> Problems(string text) =>
        text.Split('\n').Where(line => Held().IsMatch(line) || Handed().IsMatch(line) || Printed().IsMatch(line) || Shown().IsMatch(line));

    /// <summary>Literals.</summary>
    [GeneratedRegex(
        """AccountKey=[A-Za-z0-9+/]{20}|SharedAccessKey=[A-Za-z0-9+/]{20}|adk_[A-Za-z0-9_-]{20}|PRIVATE KEY-----|\beyJ[A-Za-z0-9_-]{10}|[?&]sig=[A-Za-z0-9%]{10}"""
        + """|(?i:secret|password|token|api_?key)["']?\s*[:=]\s*["']?[A-Za-z0-9~._+/-]{12}""")]
    private static partial Regex Held();

    /// <summary>Secrets in variables of the pipeline, or of a service principal.</summary>
    [GeneratedRegex(@"\$\([A-Za-z.]*(?i:secret|password|token|apikey)[A-Za-z.]*\)|addSpnToEnvironment: true|servicePrincipalKey|^\s*set -x")]
    private static partial Regex Handed();

    /// <summary>Printed, unless into a pipe that reads it.</summary>
    [GeneratedRegex(@"\b(echo|say|printf)\b(?!.*\| curl --config -).*\$\{?[a-z_]*(key|secret|password|token)\b|--header [^|]*X-Api-Key: \$", RegexOptions.ExplicitCapture)]
    private static partial Regex Printed();

    /// <summary>Asked for without being kept.</summary>
    [GeneratedRegex(@"(?<!\$\()az keyvault secret show")]
    private static partial Regex Shown();
}
