namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>Commands are taken out of a text as a shell would.</summary>
public sealed class ShellScriptTests
{
    [Theory]
    [InlineData("az login", "az login")]
    [InlineData("az a --b \"c d\" 'e f'  # why", "az a --b c d e f")]
    [InlineData("az a \\\n  --b c", "az a --b c")]
    [InlineData("A=1 B=\"x y\" az a", "az a")]
    [InlineData("az a | jq .b && az c; az d", "az a|jq .b|az c|az d")]
    [InlineData("X=$(az a --b \"$(az c)\")", "az c|az a --b $()")]
    [InlineData("put() { az a --n \"$1\" --output none; }", "put|az a --n $1 --output none")]
    [InlineData("az a |\n  while read -r N; do az b \"$N\"; done", "az a|read -r N|az b $N")]
    [InlineData("az a >out.json 2>/dev/null <in", "az a")]
    [InlineData("az a --file <(az b)", "az b|az a --file $()")]
    [InlineData("cat <<EOF\naz no\nEOF\naz a", "cat|az a")]
    [InlineData("az a <<<\"$X\"\naz b", "az a|az b")]
    [InlineData("curl -d '{\"a\": \"it'\\''s\"}' u", "curl -d {\"a\": \"it's\"} u")]
    [InlineData("curl -d \"{\\\"a\\\":\\\"$X\\\"}\" u", "curl -d {\"a\":\"$X\"} u")]
    [InlineData("if az a; then az b; else az c; fi", "az a|az b|az c")]
    [InlineData("az a ${X:-{}} `az b`", "az b|az a ${X:-{}} $()")]
    [InlineData("az a $((1 + 2)) b#c", "az a $((1 + 2)) b#c")]
    [InlineData("IFS=$'\\t' read -r A", "read -r A")]
    public void Commands_are_found_wherever_a_shell_runs_one(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', ShellScript.Commands(text)));
}
